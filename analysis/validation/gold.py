"""What most coders said of each paragraph."""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.errors import ArgumentTypeError, TableError, check_text
from analysis.tables.checks import check_table, make_table, refuse_strangers
from analysis.tables.schema import PLACE

UNIT = [*PLACE, "category"]


def gold_codes(codes: pd.DataFrame, *, coder: str | None = None) -> pd.DataFrame:
    """Decide on one code for each paragraph and category: that of most coders.

    Parameters
    ----------
    codes : pandas.DataFrame
        Table ``codes``.
    coder : str, optional
        Take the codes of this coder alone.

    Returns
    -------
    pandas.DataFrame
        Table ``gold``: a row for each paragraph and category that somebody coded, in the order
        of `codes`. Where two codes have equally many coders, ``code`` is null: talk about it,
        or let a third coder decide.

    Raises
    ------
    TableError
        If `codes` breaks its schema, holds no code, or has no such coder.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> codes = pd.DataFrame({"document_id": "a", "paragraph": [0, 0, 1, 1], "category": "aid",
    ...                       "coder": ["Ana", "Ben"] * 2, "code": ["1", "1", "1", "0"]})
    >>> fa.gold_codes(codes).fillna("tie")[["paragraph", "code", "n_agreeing"]].values.tolist()
    [[0, '1', 2], [1, 'tie', 1]]
    """
    codes = check_table(codes, "codes")
    check_text("coder", coder)
    if coder is not None:
        known = list(dict.fromkeys(codes["coder"]))
        if coder not in known:
            raise TableError(f"there is no coder {coder!r}; there are {', '.join(known)}")
        codes = codes[codes["coder"] == coder]
    given = codes[codes["code"].notna()]
    if given.empty:
        raise TableError("the table of codes holds no code; give at least one coder's codes")
    votes = given.groupby([*UNIT, "code"], sort=False).size().rename("votes").reset_index()
    most = votes.groupby(UNIT)["votes"].transform("max")
    decided = (
        votes[votes["votes"] == most]
        .groupby(UNIT)
        .agg(code=("code", "first"), n_leading=("code", "size"), n_agreeing=("votes", "first"))
    )
    decided["n_coders"] = votes.groupby(UNIT)["votes"].sum()
    # From all rows, since the first coder may be outvoted or have given no code.
    table = codes[UNIT].drop_duplicates().merge(decided.reset_index(), on=UNIT)
    table["code"] = table["code"].astype(object).where(table["n_leading"] == 1, None)
    return make_table("gold", table.drop(columns="n_leading"))


def texts_of(coded: pd.DataFrame, paragraphs: pd.DataFrame, *, were: str) -> list[str]:
    """Return the texts of coded paragraphs from the table of those that were coded or scored."""
    paragraphs = check_table(paragraphs, "paragraphs")
    why = f"was coded but is not in the paragraphs; give the paragraphs that were {were}"
    refuse_strangers(coded, paragraphs, why)
    return list(coded[PLACE].merge(paragraphs, on=PLACE, how="left")["text"])


def as_positive(gold: pd.DataFrame, positive: str | Sequence[str]) -> pd.DataFrame:
    """Tell which decided paragraphs are positive."""
    several = isinstance(positive, Iterable) and not isinstance(positive, str)
    wanted = list(positive) if several else [positive]
    if wrong := [code for code in wanted if not isinstance(code, str)]:
        raise ArgumentTypeError(
            f"positive names {wrong[0]!r}, but codes are text; give {str(wrong[0])!r}"
        )
    decided = gold[gold["code"].notna()].copy()
    decided["positive"] = decided["code"].isin(wanted)
    if not decided["positive"].any():
        known = ", ".join(map(repr, sorted(decided["code"].unique()))) or "none"
        raise TableError(
            f"no paragraph has the code {', '.join(map(repr, wanted))}; the codes are {known}: "
            "name those that mean present with positive"
        )
    return decided.reset_index(drop=True)
