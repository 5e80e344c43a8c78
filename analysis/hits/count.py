"""Paragraphs and lexica in, hits per category out: for corpora too large to list every hit."""

from collections.abc import Sequence

import pandas as pd

from analysis.hits.matching.compiled import CompiledLexica, compile_lexica
from analysis.hits.matching.engine import Nested, Scan, scan
from analysis.hits.matching.inputs import checked_lexica, texts_of
from analysis.lexicons.model import Lexicon
from analysis.tables.checks import check_table, make_table, stack_tables
from analysis.tables.schema import PLACE


def count_hits(
    paragraphs: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon],
    *,
    nested: Nested = "category",
) -> pd.DataFrame:
    """Count the hits of every category in every paragraph, without listing them.

    The same rules and the same numbers as `find_hits`, in a fraction of its time
    and memory; the words behind the numbers are not kept.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or any with the columns document_id, paragraph and text.
    lexica : Lexicon or sequence of Lexicon
        What to look for, in one pass over the text.
    nested : {"category", "lexicon"}, default "category"
        As in `find_hits`.

    Returns
    -------
    pandas.DataFrame
        Table ``counts``: one row for each paragraph and category, zeros included.

    Raises
    ------
    TypeError
        If `paragraphs` is no table or `lexica` holds something else.
    TableError
        If a column is missing, or a text is null.
    LexiconError
        If the same lexicon is given twice.
    ValueError
        If `nested` is something else.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat at the border."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"], "aid": ["aid"]})
    >>> fa.count_hits(paragraphs, lexicon)[["category", "n_hits", "n_tokens"]].values.tolist()
    [['threat', 1, 5], ['aid', 0, 5]]
    """
    compiled = compile_lexica(checked_lexica(lexica, nested))
    paragraphs = check_table(paragraphs, "paragraphs", needed=[*PLACE, "text"])
    # A table for each batch: so much less is in memory than with lists of all rows.
    tables: list[pd.DataFrame] = []
    n_texts = 0
    for found in scan(compiled, texts_of(paragraphs), nested=nested, listing=False):
        places = paragraphs[PLACE].iloc[n_texts : n_texts + len(found.texts)]
        tables.append(_table(found, places, compiled))
        n_texts += len(found.texts)
    return stack_tables("counts", tables)


def _table(found: Scan, places: pd.DataFrame, compiled: CompiledLexica) -> pd.DataFrame:
    names = [(x.id, category) for x in compiled.lexica for category in x.category_names]
    classes = pd.DataFrame(names, columns=["lexicon", "category"], dtype="str")
    table = places.merge(classes, how="cross")
    n_tokens = found.n_tokens.repeat(len(names))
    return make_table("counts", table.assign(n_hits=found.counts.ravel(), n_tokens=n_tokens))
