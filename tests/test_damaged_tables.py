"""Whatever is done to a table, a public function gives the same result, or says what is wrong."""

import copy
import itertools
import re
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.errors import MediaFramingError
from tests.calls import IN_ORDER_GIVEN, ORDERED, STORING, VERBS, Call, told

CALLS = {**VERBS, **ORDERED, **IN_ORDER_GIVEN, **STORING}
# They keep the dtypes that they are given.
_STORING = ("save_table", "save_figure")
_Damage = Callable[[pd.DataFrame], Any]


def _texts(table: pd.DataFrame) -> list[str]:
    return [name for name in table if pd.api.types.is_string_dtype(table[name])]


def _numbers(table: pd.DataFrame, kinds: str = "if") -> list[str]:
    """Name the columns of numbers; pandas' nullable integers are "i" as well."""
    return [name for name in table if table[name].dtype.kind in kinds]


def _with(
    names: Callable[[pd.DataFrame], list[str]], change: Callable[[pd.Series], Any]
) -> _Damage:
    return lambda table: table.assign(**{name: change(table[name]) for name in names(table)})


def _filled(value: Any, kinds: str) -> _Damage:
    return _with(lambda table: _numbers(table, kinds), lambda column: [value] * len(column))


def _indexed(index: Callable[[pd.DataFrame], Any]) -> _Damage:
    return lambda table: table.set_axis(index(table))


def _levels(table: pd.DataFrame) -> pd.MultiIndex:
    # Readers take an index of another name for a column of its author's.
    names = [name if name in table else None for name in ("document_id", "paragraph")]
    return pd.MultiIndex.from_arrays([[0] * len(table), range(len(table))], names=names)


# The same rows and values in another dress.
_DRESSED: dict[str, _Damage] = {
    "as it is": lambda table: table,
    "one index for all rows": _indexed(lambda table: [7] * len(table)),
    "an index of texts": _indexed(lambda table: [f"r{n}" for n in range(len(table))]),
    "an index of several levels": _indexed(_levels),
    "an index called like a column": _indexed(
        lambda table: pd.Index(range(len(table)), name="document_id")
    ),
    "an index called like every second column": _indexed(
        lambda table: pd.MultiIndex.from_frame(table.iloc[:, ::2])
    ),
    "rows taken out of a longer table": lambda table: pd.concat([table, table])[: len(table)],
    "categorical texts": _with(_texts, lambda column: column.astype("category")),
    "categories that nobody has": _with(
        _texts, lambda column: column.astype("category").cat.add_categories(["unused"])
    ),
    "categorical numbers": _with(_numbers, lambda column: column.astype("category")),
    "texts as objects": _with(_texts, lambda column: column.astype(object)),
    "texts with pandas' old nulls": _with(_texts, lambda column: column.astype("string")),
    "all as objects": lambda table: table.astype(object),
    "Arrow": lambda table: table.convert_dtypes(dtype_backend="pyarrow"),
    "Arrow dictionaries": lambda table: _dictionaries(table),
    "nullable": lambda table: table.convert_dtypes(dtype_backend="numpy_nullable"),
    "small integers": _with(
        lambda table: [name for name in table if table[name].dtype == "int64"],
        lambda column: column.astype("int32"),
    ),
    "integers without a sign": _with(
        lambda table: [name for name in table if table[name].dtype == "int64"],
        lambda column: column.astype("uint64"),
    ),
    "dates in nanoseconds": _with(
        lambda table: _numbers(table, "M"), lambda column: column.astype("datetime64[ns]")
    ),
    "dates with an offset": _with(
        lambda table: _numbers(table, "M"), lambda column: column.dt.tz_localize("Asia/Tokyo")
    ),
}
# What changes the contents, so that the result may be another one, or an error.
_CHANGED: dict[str, _Damage] = {
    "no rows": lambda table: table.iloc[:0],
    "no rows and no dtypes": lambda table: pd.DataFrame(columns=table.columns),
    "nothing": lambda _: pd.DataFrame(),
    "one row": lambda table: table.iloc[:1],
    "rows twice": lambda table: pd.concat([table, table], ignore_index=True),
    "a column twice": lambda table: pd.concat([table, table.iloc[:, :1]], axis=1),
    "columns backwards": lambda table: table.iloc[:, ::-1],
    "columns of several levels": lambda table: pd.concat({"one": table}, axis=1),
    "columns called by numbers": lambda table: table.set_axis(range(table.shape[1]), axis=1),
    "columns of other names": lambda table: table.assign(**{"more <b>": 1, "rate2": None}),
    "a column called by a number": lambda table: pd.concat(
        [table, pd.Series(1, index=table.index, name=3)], axis=1
    ),
    "floats": _with(_numbers, lambda column: column.astype("float64")),
    "huge": _filled(2**62, "i"),
    "negative": _filled(-1, "i"),
    "no numbers": _filled(np.nan, "if"),
    "infinities": _filled(np.inf, "f"),
    "numbers as texts": _with(_numbers, lambda column: column.astype(str)),
    "null texts": _with(_texts, lambda column: pd.array([None] * len(column), "str")),
    "null objects": _with(_texts, lambda column: [None] * len(column)),
    "empty texts": _with(_texts, lambda column: [""] * len(column)),
    "bytes": _with(_texts, lambda column: [str(value).encode() for value in column]),
    "lists": _with(_texts, lambda column: [[value] for value in column]),
    "half a pair": _with(_texts, lambda column: pd.Series(["\ud800"] * len(column), dtype=object)),
    "numbers for texts": _with(_texts, lambda column: range(len(column))),
    "None": lambda _: None,
    "records": lambda table: table.to_dict("records"),
    "a dictionary": lambda table: table.to_dict("list"),
    "a Series": lambda table: table.iloc[:, 0],
    "an array": lambda table: table.to_numpy(),
    "a text": lambda _: "hits.csv",
    "a number": lambda _: 3,
}
# What the researcher's own column may hold, by which groups are made.
_GROUPS: dict[str, Callable[[int], Any]] = {
    "categories": lambda n: pd.Categorical(["a", "b"] * n, categories=["b", "c", "a"])[:n],
    "ordered categories": lambda n: pd.Categorical(["a", "b"] * n, ordered=True)[:n],
    "intervals": lambda n: pd.cut(np.arange(n) % 7, 2),
    "periods": lambda n: pd.period_range("2025-01", periods=2, freq="M").repeat(n)[:n],
    "dates with an offset": lambda n: pd.date_range(
        "2025-01-01", periods=2, tz="Asia/Tokyo"
    ).repeat(n)[:n],
    "spans of time": lambda n: pd.to_timedelta(np.arange(n) % 2, unit="D"),
    "truth": lambda n: np.arange(n) % 2 == 0,
    "truth with nulls": lambda n: pd.array([True, None] * n, "boolean")[:n],
    "integers with nulls": lambda n: pd.array([2**53 + 1, None] * n, "Int64")[:n],
    "floats": lambda n: [0.5, np.nan] * (n // 2) + [1.0] * (n % 2),
    "kinds": lambda n: pd.Series(["a", 1, None, 2.5, True] * n, dtype=object)[:n],
    "lists": lambda n: [["a"], ["b", "c"]] * (n // 2) + [[]] * (n % 2),
    "dictionaries": lambda n: [{"a": 1}] * n,
    "objects": lambda n: [_Thing() for _ in range(n)],
    "complex numbers": lambda n: np.arange(n) % 2 * 1j,
    "Arrow decimals": lambda n: _arrow([1, 2], n, "decimal"),
    "Arrow days": lambda n: _arrow([1, 2], n, "day"),
    "sparse": lambda n: pd.arrays.SparseArray(np.arange(n) % 2),
    "nothing": lambda n: [None] * n,
}
_GROUPING = [name for name in CALLS if name.endswith(("desk", "desks")) or "compare_g" in name]


class _Thing:
    """What no group can be made of, since it cannot be hashed."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Thing)


def _arrow(values: list[int], n: int, kind: str) -> Any:
    import pyarrow as pa

    dtype = pa.decimal128(25, 2) if kind == "decimal" else pa.date32()
    numbers = pa.array((values * n)[:n], pa.int64() if kind == "decimal" else pa.int32())
    return pd.array(numbers.cast(dtype), dtype=pd.ArrowDtype(dtype))


def _dictionaries(table: pd.DataFrame) -> pd.DataFrame:
    import pyarrow as pa

    dtype = pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))
    return _with(_texts, lambda column: column.astype(object).astype(dtype))(table)


@cache
def _expected(name: str) -> Any:
    call = CALLS[name]
    return told(call(*call.given()))


# What only other packages say, in their own words.
_FOREIGN = re.compile(
    r"Traceback|ufunc|dtype\('|Length|Index\(|NDFrame|operands|\n|<class|object at"
)


def _fault(call: Call, tables: list[Any], expected: Any = None) -> str | None:
    """Call, and say what is wrong with how it went."""
    kept = [copy.deepcopy(own) for own in tables]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            made = call(*tables)
        except MediaFramingError as fault:
            said = str(fault)
            if len(said) < 20 or _FOREIGN.search(said):
                return f"is no sentence: {said!r}"
        except Exception as fault:  # noqa: BLE001 - of any kind, it would be a bug
            return f"raw: {type(fault).__name__}: {fault}"
        else:
            if expected is not None and told(made) != expected:
                return "gives another result"
    for before, after in zip(kept, tables, strict=True):
        if isinstance(before, pd.DataFrame) and not _same(before, after):
            return "changed its input"
    return None


def _same(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    try:
        pd.testing.assert_frame_equal(before, after, check_exact=True)
    except AssertionError:
        return False
    return before.attrs == after.attrs


def _all() -> list[tuple[str, int, str]]:
    """List every call with every table of it and every damage."""
    damages = [*_DRESSED, *_CHANGED]
    places = ((name, place) for name, call in CALLS.items() for place in range(len(call.tables)))
    return [(*where, damage) for where, damage in itertools.product(places, damages)]


def _few() -> list[tuple[str, int, str]]:
    """Draw some of them: each function with a few damages, each damage with a few functions."""
    everything = _all()
    order = np.random.default_rng(1).permutation(len(everything))
    drawn: list[tuple[str, int, str]] = []
    seen: dict[str, int] = {}
    for name, place, damage in (everything[n] for n in order):
        if seen.get(name, 0) < 2 or seen.get(damage, 0) < 2:
            drawn.append((name, place, damage))
            seen |= {key: seen.get(key, 0) + 1 for key in (name, damage)}
    return drawn


def _check(name: str, place: int, damage: str) -> str | None:
    call = CALLS[name]
    tables: list[Any] = call.given()
    tables[place] = {**_DRESSED, **_CHANGED}[damage](tables[place])
    compared = damage in _DRESSED and not name.startswith(_STORING)
    return _fault(call, tables, _expected(name) if compared else None)


@pytest.mark.parametrize(("name", "place", "damage"), _few())
def test_a_damaged_table_gives_the_same_result_or_one_sentence(
    name: str, place: int, damage: str
) -> None:
    assert _check(name, place, damage) is None


@pytest.mark.deep
@pytest.mark.parametrize("name", CALLS)
def test_every_damage_of_every_table_gives_the_same_result_or_one_sentence(name: str) -> None:
    cases = [(place, damage) for own, place, damage in _all() if own == name]
    faults = {case: fault for case in cases if (fault := _check(name, *case))}
    assert not faults


def _grouped(name: str, kind: str) -> str | None:
    call = CALLS[name]
    tables: list[Any] = call.given()
    for place, own in enumerate(tables):
        if "desk" in own:
            documents = own["document_id"].factorize()[0] if "document_id" in own else None
            n = len(own) if documents is None else int(documents.max()) + 1
            values = pd.Series(_GROUPS[kind](n))
            taken = values if documents is None else values.take(documents)
            tables[place] = own.assign(desk=taken.set_axis(own.index))
    return _fault(call, tables)


# Each kind with every third function, so that each function has every third kind.
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (name, kind)
        for (n, name), (m, kind) in itertools.product(enumerate(_GROUPING), enumerate(_GROUPS))
        if (n + m) % 3 == 0
    ],
)
def test_groups_may_be_of_any_kind_that_can_be_told_apart(name: str, kind: str) -> None:
    assert _grouped(name, kind) is None


@pytest.mark.deep
@pytest.mark.parametrize("name", _GROUPING)
def test_groups_of_every_function_may_be_of_every_kind(name: str) -> None:
    assert {kind: fault for kind in _GROUPS if (fault := _grouped(name, kind))} == {}
