"""A lexicon, paragraphs and a file, checked → a page on which the lexicon grows."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.curation.files import CurationFiles
from analysis.errors import (
    ArgumentTypeError,
    LexiconError,
    TableError,
    check_seed,
    needed_for,
)
from analysis.languages.language import known_language
from analysis.lexicons.loading import load_lexicon
from analysis.lexicons.model import Lexicon, check_lexicon
from analysis.tables.checks import check_table, metadata_columns
from analysis.validation.checks import check_coder

if TYPE_CHECKING:
    from analysis.curation.widget import CurationWidget


def curate(
    lexicon: Lexicon,
    paragraphs: pd.DataFrame,
    *,
    codes: pd.DataFrame | None = None,
    path: str | os.PathLike[str],
    by: str | None = None,
    others: Lexicon | Sequence[Lexicon] | None = None,
    coder: str = "curator",
    seed: int = 0,
) -> "CurationWidget":
    """Turn seed words into a lexicon in JupyterLab, with a log of what was decided and why.

    The page suggests terms from your paragraphs. Of each it shows places drawn by chance and
    what it would change: hits, paragraphs, overlap with other frames, the order of outlets,
    and precision and recall where paragraphs are coded. You accept, reject or exclude it
    within a phrase; you can take every decision back. Each is in the files before the page
    says "Saved". Run again, it goes on where you stopped.

    Parameters
    ----------
    lexicon : Lexicon
        What to begin with: five words will do. Where the file at `path` exists already, the
        curation goes on from the file.
    paragraphs : pandas.DataFrame
        Table ``paragraphs``: the texts from which terms are suggested.
    codes : pandas.DataFrame, optional
        Table ``codes`` of some of the paragraphs, code "1" where the category is there: each
        change then shows precision and recall.
    path : str or path
        A .yml file for the lexicon, in a folder of its own. Beside it stand
        ``decisions.csv``, ``judgements.csv`` and ``codes.csv``.
    by : str, optional
        Metadata column of `paragraphs` whose groups are ranked by their rate of hits. By
        default ``outlet``, where there is one.
    others : Lexicon or sequence of Lexicon, optional
        Lexica whose categories are the other frames that hits may overlap with. By default
        the built-in ``framing`` for English.
    coder : str, default "curator"
        Who judges hits.
    seed : int, default 0
        Seed of all draws.

    Returns
    -------
    CurationWidget
        Shows itself in a notebook, and as a table where no Python runs. Its ``lexicon``,
        ``decisions``, ``judgements`` and ``codes`` are as the files have them.

    Raises
    ------
    TypeError
        If `lexicon` or `others` are no lexica, or a table is no DataFrame.
    ValueError
        If `path` does not end in .yml, or `coder` is empty.
    LexiconError
        If the file at `path` holds another lexicon or other categories.
    TableError
        If a table breaks its schema, `paragraphs` has no text or no column `by`, or codes are
        of a category that the lexicon does not have.

    See Also
    --------
    suggest_terms : the suggestions as a table.
    compare_lexica : what a change does, as tables.
    read_decisions : the log.

    Notes
    -----
    Each decision gives the lexicon a new version: that with which it began, a point, and the
    number of the decision.

    Examples
    --------
    >>> import tempfile
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Talks began.", "No talks."]))
    >>> lexicon = fa.lexicon_from_dict("diplomacy", {"diplomacy": ["talks", "truce"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fa.curate(lexicon, paragraphs, path=f"{folder}/diplomacy.yml")
    diplomacy: 2 entries, 0 decisions so far. To curate it, run this cell in JupyterLab.
    """
    check_lexicon(lexicon)
    paragraphs = check_table(paragraphs, "paragraphs")
    if not paragraphs["text"].str.strip().astype(bool).any():
        raise TableError("paragraphs hold no text to find terms in; give at least one document")
    if codes is not None:
        codes = _codes_of(check_table(codes, "codes"), lexicon)
    check_coder(coder)
    if not isinstance(path, str | os.PathLike):
        raise ArgumentTypeError(f"path must be a path, not {type(path).__name__}")
    check_seed(seed)
    if by is None and "outlet" in metadata_columns(paragraphs, "paragraphs"):
        by = "outlet"
    known = _others(lexicon, others)
    files = CurationFiles(path, lexicon)
    files.load()
    with needed_for("curating in JupyterLab", "notebook"):
        from analysis.curation.widget import CurationWidget
    return CurationWidget(
        files, paragraphs, others=known, by=by, codes=codes, coder=coder, seed=seed
    )


def _codes_of(codes: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    strange = codes.loc[~codes["category"].isin(lexicon.category_names), "category"]
    if len(strange):
        raise TableError(
            f"the category {strange.iloc[0]!r} was coded, but the lexicon {lexicon.name} has "
            f"{', '.join(map(repr, lexicon.category_names))}; give the codes of its categories"
        )
    return codes


def _others(lexicon: Lexicon, others: Lexicon | Sequence[Lexicon] | None) -> list[Lexicon]:
    if others is None:
        english = not lexicon.language or known_language(lexicon.language).code == "en"
        return [load_lexicon("framing")] if english and lexicon.name != "framing" else []
    known = [others] if isinstance(others, Lexicon) else others
    if not isinstance(known, Sequence) or not all(isinstance(one, Lexicon) for one in known):
        raise ArgumentTypeError(
            "others must be a Lexicon or a list of them; load each with load_lexicon"
        )
    if any(one.name == lexicon.name for one in known):
        raise LexiconError(
            f"others hold the lexicon {lexicon.name!r}, which is the one to curate; leave it out"
        )
    return list(known)
