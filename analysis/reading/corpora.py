"""Corpora of NLTK that the user has downloaded → the table of documents."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.errors import ArgumentTypeError, ReadingError, needed_for
from analysis.reading.drafts import make_draft
from analysis.reading.ids import distinct_ids
from analysis.reading.records import documents_table


def read_nltk_corpus(name: str, fileids: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a corpus that comes with NLTK and lies on your disk.

    Parameters
    ----------
    name : str
        Name of the corpus in ``nltk.corpus``, such as ``"state_union"``.
    fileids : sequence of str, optional
        Files of the corpus; by default all.

    Returns
    -------
    pandas.DataFrame
        Table ``documents``, one row for each file, its id without the ending unless two
        files would have one id. A corpus of
        plain texts is read as it is; of one that is cut into words, the words are put
        together again, a paragraph each where the corpus tells them.

    Raises
    ------
    ReadingError
        If NLTK has no such corpus, it is not on your disk, or it has no such file.
    TypeError
        If `fileids` is one text in place of a list.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.read_nltk_corpus("no_such_corpus")
    Traceback (most recent call last):
    analysis.errors.ReadingError: NLTK has no corpus 'no_such_corpus'; see ...
    """
    if isinstance(fileids, str):
        raise ArgumentTypeError(f"fileids must be a list; write [{fileids!r}]")
    with needed_for("reading a corpus of NLTK", "nltk"):
        import nltk
        from nltk.corpus.reader import CorpusReader
        from nltk.corpus.util import LazyCorpusLoader
    corpus = getattr(nltk.corpus, name, None)
    if not isinstance(corpus, LazyCorpusLoader | CorpusReader):
        raise ReadingError(f"NLTK has no corpus {name!r}; see nltk.org/nltk_data for their names")
    try:
        corpus.ensure_loaded()
    except LookupError:
        raise ReadingError(
            f"the corpus {name!r} is not on your disk; fetch it once with "
            f"import nltk; nltk.download({name!r})"
        ) from None
    known = corpus.fileids()
    chosen = known if fileids is None else list(fileids)
    unknown = [fileid for fileid in chosen if fileid not in known]
    if unknown:
        raise ReadingError(
            f"the corpus {name!r} has no file {unknown[0]!r}; nltk.corpus.{name}.fileids() lists "
            "those it has"
        )
    drafts = []
    for fileid in chosen:
        document_id = fileid.rpartition(".")[0] or fileid
        path = str(corpus.abspath(fileid))
        drafts.append(make_draft(document_id, _text(corpus, fileid), {}, path, fileid)[0])
    return documents_table(distinct_ids(drafts), name)[0]


def _text(corpus: Any, fileid: str) -> str:
    from nltk.corpus.reader import PlaintextCorpusReader
    from nltk.tokenize.treebank import TreebankWordDetokenizer

    plain = isinstance(corpus, PlaintextCorpusReader)
    if plain or not hasattr(corpus, "words"):
        return str(corpus.raw(fileid))
    together = TreebankWordDetokenizer()
    if not hasattr(corpus, "paras"):
        return str(together.detokenize(corpus.words(fileid)))
    paragraphs = (
        " ".join(together.detokenize(sentence) for sentence in paragraph)
        for paragraph in corpus.paras(fileid)
    )
    return "\n\n".join(paragraphs)
