"""Documents as read → what to look at before counting: duplicates, and texts that are too short."""

from collections import Counter

import numpy as np
import pandas as pd

from analysis.errors import check_count
from analysis.reading.duplicates import check_similar, find_copies
from analysis.reading.garbled import leftovers
from analysis.reading.listing import places
from analysis.tables.checks import check_table, in_order_of, make_table
from analysis.text.marks import marks_of
from analysis.text.segmentation import doubtful_paragraphs
from analysis.text.tokens import count_tokens

_LONG_PARAGRAPH = 500
_UNTITLED = (
    "no title found: the first line is not set off, or ends like a sentence; give titles in "
    "metadata.csv or in a column 'title'"
)
_UNMARKED = (
    "no capitals or no full stops: voice, speaker and certainty of its hits stay null; give the "
    "text as it was printed, if you can"
)


def reading_report(
    documents: pd.DataFrame,
    skipped: pd.DataFrame | None = None,
    *,
    short: int = 50,
    similar: float = 0.6,
) -> pd.DataFrame:
    """List what was read, what was not, and which documents need a look.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``.
    skipped : pandas.DataFrame, optional
        Table ``skipped``, from ``read_documents(…, return_skipped=True)``.
    short : int, default 50
        Documents with fewer tokens are listed.
    similar : float, default 0.6
        Share (0 to 1) of the runs of five words of the shorter text that must also stand
        in a document with a lower id for both to be listed as near-duplicates.

    Returns
    -------
    pandas.DataFrame
        Table ``reading_report``, by ``check``: ``read`` for each document with its tokens;
        ``skipped``, ``changed`` and ``guessed`` from `skipped`; ``duplicate`` for a text
        that is the same, white space and capitals aside, as one before; ``near-duplicate``;
        ``short``; ``empty``; ``untitled`` for an article without a title, whose first line is
        no headline by the rule of `analysis.text.headlines.set_off_headline`; ``unmarked`` for
        a text without capitals or without full stops, whose hits have no voice and certainty,
        by the columns ``words_per_stop``, ``share_capitals`` and ``n_quotation_marks``, which
        ``read`` and other checks of single texts have as well; ``garbled`` for a text with
        leftovers of wrong decoding (``n_garbled``); ``paragraphs`` for a text with a paragraph
        of more than 500 tokens, or whose line breaks tear sentences although the lengths of the
        lines do not show how it is wrapped. To count every text once, use `drop_duplicates`.

    Raises
    ------
    TableError
        If a table breaks its schema.
    ValueError
        If `similar` is not above 0 and at most 1.

    References
    ----------
    Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of
    Compression and Complexity of Sequences, 21-29.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["Talks resume.", "TALKS  resume."])
    >>> report = fa.reading_report(documents)
    >>> report.loc[report["check"] == "duplicate", ["document_id", "other_document_id"]].values
    array([['text_0002', 'text_0001']], dtype=object)
    """
    documents = check_table(documents, "documents")
    check_count("short", short, "give a number of words, 0 or more", least=0)
    check_similar(similar)
    sizes = documents["text"].map(count_tokens)
    named = documents[["document_id", "path"]]
    marks = [marks_of(text) for text in documents["text"]]
    figures = ("words_per_stop", "share_capitals", "n_quotation_marks")
    shown = {name: [getattr(one, name) for one in marks] for name in figures}
    wrong = [list(leftovers(text)) for text in documents["text"]]
    shown["n_garbled"] = [len(found) for found in wrong]
    rows = named.assign(check="read", detail=sizes.map("{:,} tokens".format), **shown)
    brief = rows[(sizes < short) & (sizes > 0)].assign(check="short")
    brief["detail"] = brief["detail"] + f", fewer than {short}; see whether it is an article"
    empty = rows[sizes == 0].assign(check="empty", detail="no words; it has no rates")
    untitled = rows[documents["title"].isna() & (sizes > 0)].assign(check="untitled")
    untitled["detail"] = _UNTITLED
    unmarked = rows[[one.are_missing for one in marks]].assign(check="unmarked", detail=_UNMARKED)
    garbled = rows[rows["n_garbled"] > 0].assign(check="garbled")
    garbled["detail"] = [_tell(found) for found in filter(None, wrong)]
    told = documents["text"].map(_paragraphs)
    divided = rows[told != ""].assign(check="paragraphs", detail=told[told != ""])
    near = _duplicates(documents, similar)
    tables = [rows, brief, empty, near, untitled, unmarked, garbled, divided]
    if skipped is not None:
        skipped = check_table(skipped, "skipped")
        tables.insert(1, _not_read(skipped))
    return make_table("reading_report", pd.concat(tables, ignore_index=True))


def _paragraphs(text: str) -> str:
    """Say what is doubtful about the paragraphs of a text, if anything is."""
    longest, torn = doubtful_paragraphs(text)
    long = f"one paragraph has {longest:,} tokens" if longest > _LONG_PARAGRAPH else ""
    found = "; ".join(filter(None, [long, "line breaks tear its sentences" if torn else ""]))
    return found and f"{found}: set its paragraphs apart by blank lines, if you count by paragraph"


def _tell(wrong: list[str]) -> str:
    """Say what wrong decoding left, the most frequent first."""
    most = Counter(wrong).most_common(3)
    named = ", ".join(f"{found} ({number:,})" for found, number in most)
    return (
        f"wrongly decoded characters are left, as {named}: words with them are not found; read the "
        "file in its own encoding, or replace them in the texts"
    )


def _not_read(skipped: pd.DataFrame) -> pd.DataFrame:
    guessed = skipped["reason"].str.contains("guess", regex=False)
    kind = np.where(skipped["what"].isin(["file", "row"]), "skipped", "changed")
    where = places(skipped).map(lambda place: f"{place}: " if place else "").astype("str")
    check = np.where(guessed, "guessed", kind)
    return skipped[["path"]].assign(check=check, detail=where + skipped["reason"])


def _duplicates(given: pd.DataFrame, similar: float) -> pd.DataFrame:
    documents = given.sort_values("document_id", ignore_index=True)
    numbers, _, pairs = find_copies(documents["text"], similar)
    found, rows = np.unique(numbers, return_index=True)
    first = rows[found >= 0]
    same = np.flatnonzero(numbers >= 0)
    same = same[first[numbers[same]] != same]
    # Each text is listed once, with the one that it is most alike.
    near = pairs.sort_values(["later", "share", "earlier"], ascending=[True, False, True])
    near = near.drop_duplicates("later")
    ids = documents["document_id"].to_numpy()
    alike = [f"{share:.0%} of the shorter text's runs of words" for share in near["share"]]
    table = documents[["document_id", "path"]]
    table = table.iloc[np.concatenate([same, first[near["later"]]])].reset_index(drop=True)
    table = table.assign(
        check=["duplicate"] * len(same) + ["near-duplicate"] * len(near),
        detail=["the same words"] * len(same) + alike,
        other_document_id=ids[np.concatenate([first[numbers[same]], first[near["earlier"]]])],
        similarity=np.concatenate([np.ones(len(same)), near["share"]]),
    )
    return in_order_of(given, table, ["document_id"]).sort_values("check", kind="stable")
