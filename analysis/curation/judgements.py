"""Hits judged one by one: which to judge, how precise entries are, and codes for validation."""

import pandas as pd

from analysis.curation.drawing import in_drawn_order
from analysis.errors import TableError, check_count, check_seed
from analysis.statistics.intervals import wilson_interval
from analysis.tables.checks import check_table, make_table
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE
from analysis.validation.gold import UNIT
from analysis.validation.widget.answers import COLUMNS, no_answers
from analysis.validation.workbooks.form import BY_HITS

# What identifies a judged hit; the words tell whether it is still the same text.
JUDGED = ["document_id", "paragraph", "start", "end", "category", "surface"]
# Right and wrong.
CODES = ("1", "0")
KEY = list(TABLES["judgements"].key)


def entry_precision(hits: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """Tell how many hits of each entry were judged, and which share of these is right.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table ``hits``, as the lexicon finds them now. Only hits that count are looked at.
    judgements : pandas.DataFrame
        Table ``judgements``, as `read_judgements` returns it. Judgements of hits that are
        no longer found are passed over, and a hit belongs to the entry that finds it now.

    Returns
    -------
    pandas.DataFrame
        Table ``entry_precision``: a row for each entry with hits, with Wilson's interval (95 %).
        Of several coders the code of most decides about a hit; hits on which they tie are not
        counted as judged.

    Raises
    ------
    TableError
        If a table breaks its schema, or a code is neither 1 nor 0.

    Notes
    -----
    The interval takes hits as drawn one by one from all hits of the entry, as "judge twenty"
    draws them. Where you chose by yourself which to judge, it says nothing of the others.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22(158), 209-212.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Talks.", "Talks on aid."]))
    >>> lexicon = fa.lexicon_from_dict("diplomacy", {"diplomacy": ["talks"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> judged = hits.assign(coder="Ana", code=["1", "0"], time="", text_hash="")
    >>> precision = fa.entry_precision(hits, judged).round(2)
    >>> precision[["entry", "n_judged", "n_true", "low", "high"]].values.tolist()
    [['talks', 2, 1, 0.09, 0.91]]
    """
    counted = _counted(check_table(hits, "hits"))
    judgements = check_table(judgements, "judgements")
    if len(odd := judgements.loc[~judgements["code"].isin(CODES), "code"]):
        raise TableError(f"the judgements have the code {odd.iloc[0]!r}; give 1 and 0")
    decided = _decided(judgements)
    judged = counted.merge(decided, on=JUDGED, how="left")
    own = judged.groupby(["category", "entry"], sort=False)["right"]
    table = own.agg(n_hits="size", n_judged="count", n_true="sum").reset_index()
    n_true, n_judged = (table[name].astype(int).tolist() for name in ("n_true", "n_judged"))
    bounds = [wilson_interval(*pair) for pair in zip(n_true, n_judged, strict=True)]
    return make_table(
        "entry_precision",
        table.assign(
            precision=table["n_true"].astype(float) / table["n_judged"].where(lambda n: n > 0),
            low=[one.low for one in bounds],
            high=[one.high for one in bounds],
        ),
    )


def draw_hits(
    hits: pd.DataFrame, judgements: pd.DataFrame, *, entry: str, n: int = 20, seed: int
) -> pd.DataFrame:
    """Draw counted hits of an entry that are not judged yet, of each paragraph one if there are."""
    check_count("n", n, "give a whole number of 1 or more")
    check_seed(seed)
    own = in_drawn_order(_counted(hits[hits["entry"].eq(entry)]), seed)
    judged = _places(own, JUDGED).isin(_places(judgements, JUDGED))
    # What was judged comes first, so that the next hit of its paragraph is the second one.
    own = pd.concat([own[judged], own[~judged]])
    turn = own.groupby([*PLACE, "category"]).cumcount()
    left = own.assign(turn=turn).iloc[judged.sum() :].sort_values("turn", kind="stable")
    return left.drop(columns="turn").head(n).reset_index(drop=True)


def codes_from(judgements: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return codes of paragraphs, in the columns of the file of the coding widget.

    A paragraph has the category where a hit of it was judged right, and lacks it where every
    counted hit was judged wrong. Where some are not judged yet, it has no code. The codes tell
    precision and not recall, since no paragraph without a hit was read.
    """
    if judgements.empty:
        return no_answers()
    counted = _counted(hits)
    n_counted = counted.groupby(UNIT).size().rename("n_counted")
    still = _places(judgements, JUDGED).isin(_places(counted, JUDGED))
    own = judgements.assign(right=judgements["code"].eq("1"), judged=still)
    of_coder = own.groupby([*UNIT, "coder"], sort=False)
    table = (
        of_coder.agg(
            right=("right", "any"),
            n_judged=("judged", "sum"),
            time=("time", "max"),
            text_hash=("text_hash", "last"),
        )
        .reset_index()
        .merge(n_counted, left_on=UNIT, right_index=True, how="left")
    )
    read = table["n_judged"].eq(table["n_counted"])
    table = table[table["right"] | read]
    table = table.assign(code=table["right"].map({True: "1", False: "0"}), note=BY_HITS)
    return table[list(COLUMNS)].astype(no_answers().dtypes.to_dict()).reset_index(drop=True)


def _counted(hits: pd.DataFrame) -> pd.DataFrame:
    return hits[hits["blocked_by"].isna()]


def _decided(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return the judged hits with what most coders said of them, but for ties."""
    share = judgements["code"].eq("1").groupby([judgements[name] for name in JUDGED]).mean()
    decided = share[share.ne(0.5)].gt(0.5).rename("right").reset_index()
    return decided.astype({"right": "float64"})


def _places(table: pd.DataFrame, columns: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(table[columns])
