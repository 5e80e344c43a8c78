"""Hits and paragraphs in, scores out; roll-ups to documents and groups as ratios of sums."""

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.errors import (
    ArgumentError,
    TableError,
    TableWarning,
    check_choice,
    check_text,
    names_of,
)
from analysis.hits.find import require_context
from analysis.hits.matching.inputs import lexicon_list
from analysis.lexicons.model import Lexicon
from analysis.statistics.sums import divide
from analysis.tables.checks import (
    check_hits,
    check_table,
    label_groups,
    make_table,
    metadata_columns,
    missing_group,
    positions,
)
from analysis.tables.schema import PER_TOKENS, PLACE, SPLIT, SPLITS
from analysis.tables.subcategories import sum_counts, write_counts

_SUMS = ["n_hits", "n_tokens", "n_sentences", "n_hit_sentences", "n_lexicon_hits", "weighted_hits"]


def score_paragraphs(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon],
    *,
    detail: Literal["category", "subcategory"] = "category",
    split: Sequence[str] = (),
) -> pd.DataFrame:
    """Score every paragraph for every category, zeros included.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits`` that `find_hits` made from these paragraphs and `lexica`.
    lexica : Lexicon or sequence of Lexicon
        What was looked for: it says which categories had no hit.
    detail : {"category", "subcategory"}, default "category"
        With ``"subcategory"``, a column ``subcategory`` joins the key.
    split : sequence of {"voice", "certainty", "speaker_group"}, optional
        Columns of `hits` that split every score: each joins the key, with a row for
        each of its values. All rates are per 1,000 tokens of the whole paragraph, and
        all shares of all hits of the lexicon in it, so that the rows of a category
        add up to its score without the split; sentence_share alone does not. Hits of
        unknown voice or certainty, and those of speakers without a group, have rows with null.

    Returns
    -------
    pandas.DataFrame
        Table ``scores``: one row for each paragraph and category. ``rate`` is hits per
        1,000 tokens of the paragraph; null, not 0, where it has no tokens (R6).
        Metadata columns of `paragraphs` are carried along.

    Raises
    ------
    ValueError
        If `detail` is something else, or `split` names something else.
    TableError
        If a table breaks its schema, hits belong to other paragraphs or
        lexica than those given, or their voice or certainty was not determined.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat at the border."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"], "aid": ["aid"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> scores[["category", "n_hits", "n_tokens", "rate"]].values.tolist()
    [['threat', 1, 5, 200.0], ['aid', 0, 5, 0.0]]
    """
    return score_split(paragraphs, hits, lexica, detail=detail, split=split)


def score_split(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon],
    *,
    detail: Literal["category", "subcategory"] = "category",
    split: Sequence[str] = (),
    groups: Sequence[str] = (),
) -> pd.DataFrame:
    """Score paragraphs, with rows for groups of speakers also where no hit is of them."""
    check_choice("detail", detail, ("category", "subcategory"))
    paragraphs, hits, row = check_hits(paragraphs, hits)
    counts = hits["blocked_by"].isna().to_numpy()
    row, counted = row[counts], hits[counts]
    split = names_of("split", split)
    split_values = _split_values(split, counted, groups)
    lexica = lexicon_list(lexica)
    classes = _classes(lexica, detail)
    keys = [*["lexicon", "category", "subcategory"][: len(classes[0])], *split]
    classes = [(*key, *values) for key in classes for values in split_values]
    n_paragraphs, n_classes = len(paragraphs), len(classes)
    scored = pd.DataFrame(classes, columns=keys, dtype="str")
    column = positions(scored, counted[keys])
    if (column < 0).any():
        stray = counted.loc[column < 0, keys].iloc[0].to_dict()
        shown = ", ".join(f"{key} {value!r}" for key, value in stray.items())
        raise TableError(
            f"{(column < 0).sum()} hits are not of the lexica given (first: {shown}); make hits "
            "with find_hits from the same paragraphs and lexica"
        )
    cell = row * n_classes + column

    size = n_paragraphs * n_classes
    n_hits = np.bincount(cell, minlength=size)
    weighted = np.bincount(cell, weights=counted["weight"].to_numpy(float), minlength=size)
    sentence = pd.DataFrame({"cell": cell, "sentence": counted["sentence"].to_numpy()})
    hit_sentences = cell[~sentence.duplicated().to_numpy()]
    lexicon_of = scored["lexicon"].factorize()[0]
    n_lexica = lexicon_of.max(initial=-1) + 1
    in_lexicon = np.bincount(row * n_lexica + lexicon_of[column], minlength=n_paragraphs * n_lexica)

    of_paragraph = np.repeat(np.arange(n_paragraphs), n_classes)
    of_class = np.tile(np.arange(n_classes), n_paragraphs)
    carried = [*PLACE, "n_tokens", "n_sentences", *metadata_columns(paragraphs, "paragraphs")]
    scores: dict[str, Any] = {
        **{name: paragraphs[name].take(of_paragraph) for name in carried},
        **{name: scored[name].take(of_class) for name in keys},
        "n_hits": n_hits,
        "n_hit_sentences": np.bincount(hit_sentences, minlength=size),
        "n_lexicon_hits": in_lexicon.reshape(n_paragraphs, n_lexica)[:, lexicon_of].ravel(),
        "weighted_hits": weighted,
    }
    parted = _parted(lexica, detail)
    has_parts = np.array([key[:2] in parted for key in classes], dtype=bool)
    if has_parts.any():
        of_part = has_parts[column]
        scores["subcategory_hits"] = write_counts(
            cell[of_part], counted["subcategory"][of_part], size
        )
    return make_table("scores", scores | _ratios(scores))


def score_documents(scores: pd.DataFrame, *, by: str | Sequence[str] | None = None) -> pd.DataFrame:
    """Roll paragraph scores up to documents or groups, as ratios of sums.

    A rate is all hits over all tokens, never a mean of the paragraphs' rates, so
    that short paragraphs weigh no more than their words.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``.
    by : str or sequence of str, optional
        Metadata columns of `scores` to group by, for instance ``"outlet"``.
        Without it, or by ``"document_id"``, one group per document. Missing values are a
        group of their own, ``"(missing)"``, or ``"((missing))"`` where a value is so named.

    Returns
    -------
    pandas.DataFrame
        Table ``document_scores`` or ``group_scores``. ``n_units`` counts the
        paragraphs of a document or the documents of a group. ``low``, ``high``
        and ``interval_method`` are null: no interval was asked for.

    Raises
    ------
    TableError
        If `scores` breaks its schema, or `by` names something other than
        ``document_id`` and metadata columns, each once.

    Warns
    -----
    TableWarning
        If metadata differ between paragraphs of one document, and are null for it.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.\\n\\nNo more of it."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> fa.score_documents(scores)[["n_hits", "n_tokens", "n_units"]].values.tolist()
    [[1, 6, 2]]
    """
    scores = check_table(scores, "scores")
    groups = ["document_id"] if by is None else names_of("by", by)
    by = None if groups == ["document_id"] else by
    name = "document_scores" if by is None else "group_scores"
    known = check_groups(scores, groups)
    keys = ["lexicon", "category", *(name for name in SPLIT if name in scores)]
    work = scores.assign(
        **{column: label_groups(scores[column]) for column in groups},
        n_paragraphs=(scores["n_tokens"] > 0).astype("int64"),
        hit_paragraphs=(scores["n_hits"] > 0).astype("int64"),
    )
    # Documents and categories keep the order they came in; groups are sorted.
    grouped = work.groupby([*groups, *keys], sort=False, dropna=False)
    table = grouped[[*_SUMS, "n_paragraphs", "hit_paragraphs"]].sum().reset_index()
    units = grouped.size() if by is None else grouped["document_id"].nunique()
    table = table.assign(
        **_ratios(table),
        n_units=units.to_numpy(),
        share_paragraphs=divide(table["hit_paragraphs"], table["n_paragraphs"]),
        low=np.nan,
        high=np.nan,
        interval_method=None,
        **sum_counts(work, grouped.ngroup().to_numpy(), len(table)),
    ).drop(columns="hit_paragraphs")
    if by is None:
        table = table.join(_agreed_metadata(scores, known[1:]), on="document_id")
    else:
        last = {column: missing_group(scores[column]) for column in groups}
        table = table.sort_values(
            groups, key=lambda own: _missing_last(own, last[str(own.name)]), kind="stable"
        )
    rolled = make_table(name, table)
    return rolled[[*groups, *(c for c in rolled.columns if c not in groups)]]


def check_groups(scores: pd.DataFrame, groups: list[str]) -> list[str]:
    """Return the columns that scores may be grouped by; refuse groups by others."""
    known = ["document_id", *metadata_columns(scores, "scores")]
    if missing := [column for column in groups if column not in known]:
        raise TableError(
            f"scores has no column {missing[0]!r} to group by; it has {', '.join(map(repr, known))}"
        )
    if not groups or len(set(groups)) < len(groups):
        raise TableError(f"by is {groups!r}; name one or more columns, each once")
    return known


def _split_values(
    split: Sequence[str], hits: pd.DataFrame, groups: Sequence[str]
) -> list[tuple[str | None, ...]]:
    """Return the values, or sets of them, that split the scores; nulls where hits have none."""
    if unknown := [name for name in split if name not in SPLITS]:
        raise ArgumentError(f"split names {unknown[0]!r}; give {', '.join(map(repr, SPLITS))}")
    if len(set(split)) < len(split):
        raise ArgumentError(f"split is {split!r}; name each column once")
    require_context(hits, [name for name in split if SPLITS[name]])
    # What nobody of a group says is a value like the others.
    own: list[tuple[str | None, ...]] = [
        SPLITS[name] or (*sorted({*hits[name].dropna(), *groups}), None) for name in split
    ]
    usual = list(product(*own))
    found = hits[list(split)].drop_duplicates().astype(object)
    others = found.where(found.notna(), None).itertuples(index=False, name=None)
    return list(dict.fromkeys([*usual, *sorted(others, key=repr)]))


def _classes(lexica: list[Lexicon], detail: str) -> list[tuple[str | None, ...]]:
    """List what is scored: lexicon and category, and the subcategory where it is asked for."""
    classes: list[tuple[str | None, ...]] = []
    for lexicon in lexica:
        for category in lexicon.categories:
            if detail == "category":
                classes.append((lexicon.id, category.name))
                continue
            names: list[str | None] = [name for name, _ in category.subcategories]
            if not names or any(entry.subcategory is None for entry in category.entries):
                names.append(None)
            classes += [(lexicon.id, category.name, name) for name in names]
    return classes


def _parted(lexica: list[Lexicon], detail: str) -> set[tuple[str | None, ...]]:
    """Return the categories that have parts, where these are not scored by themselves."""
    if detail != "category":
        return set()
    parts = Counter(key[:2] for key in _classes(lexica, "subcategory"))
    return {key for key, n in parts.items() if n > 1}


def _ratios(sums: Mapping[str, Any] | pd.DataFrame) -> dict[str, np.ndarray]:
    return {
        "rate": PER_TOKENS * divide(sums["n_hits"], sums["n_tokens"]),
        "weighted_rate": PER_TOKENS * divide(sums["weighted_hits"], sums["n_tokens"]),
        "sentence_share": divide(sums["n_hit_sentences"], sums["n_sentences"]),
        "share": divide(sums["n_hits"], sums["n_lexicon_hits"]),
    }


def groups_of(table: pd.DataFrame, name: str, by: str, wanted: Sequence[str] = ()) -> pd.Series:
    """Return the group of each row, by the name it is compared under."""
    for argument, value in (("by", by), *(("group_a and group_b", one) for one in wanted)):
        check_text(argument, value)
    known = ["document_id", *metadata_columns(table, name)]
    if by not in known:
        raise TableError(
            f"{name} have no column {by!r} to group by; they have {', '.join(map(repr, known))}"
        )
    group = label_groups(table[by]).astype(str)
    present = set(group)
    for one in wanted:
        if one not in present:
            raise TableError(f"there is no group {one!r} in {by!r}; see the values of that column")
    return group


def _missing_last(column: pd.Series, last: str) -> pd.Series:
    values = sorted({v for v in column if v != last}, key=lambda v: (str(type(v)), v))
    return column.map({v: n for n, v in enumerate([*values, last])}).astype(int)


def _agreed_metadata(scores: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    of_document, documents = pd.factorize(scores["document_id"])
    first = np.flatnonzero(~scores["document_id"].duplicated())
    described = scores[names].iloc[first].set_axis(documents)
    for name in names:
        values = scores[name].map(repr) if scores[name].dtype == object else scores[name]
        codes = pd.factorize(values)[0]
        differs = np.unique(of_document[codes != codes[first][of_document]])
        if n := len(differs):
            described[name] = described[name].mask(np.isin(np.arange(len(documents)), differs))
            warnings.warn(
                f"{name!r} differs between paragraphs of {n:,} document{'s' * (n > 1)}, such as "
                f"{documents[differs[0]]!r}, and is left empty there; by={name!r} groups by it",
                TableWarning,
                stacklevel=3,
            )
    return described
