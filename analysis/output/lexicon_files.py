"""A lexicon → a file, of our form or of another program's."""

from pathlib import Path

import pandas as pd

from analysis.errors import ArgumentTypeError, LexiconError
from analysis.lexicons.formats.export import content_of
from analysis.lexicons.model import Lexicon
from analysis.saving.atomic import replacing


def save_lexicon(lexicon: Lexicon, path: str | Path, *, format: str | None = None) -> pd.DataFrame:
    """Write a lexicon to a file, in our own form or for another program.

    Parameters
    ----------
    lexicon : Lexicon
        The lexicon.
    path : str or pathlib.Path
        The file. It is replaced only once the new one is whole.
    format : {"media-framing", "quanteda", "liwc", "csv"}, optional
        The form; by default the ending of `path` decides: ``.yml`` is our own,
        ``.dic`` is LIWC's, ``.csv`` is a table of entries. The first and the last
        hold all that a lexicon has.

    Returns
    -------
    pandas.DataFrame
        What the file does not hold, as the table ``losses``; empty if nothing.

    Raises
    ------
    TypeError
        If `lexicon` is no Lexicon.
    LexiconError
        If the form is unknown, nothing is left to write, or the file cannot be
        written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("mine", {"border": [{"term": "edge", "weight": 2}]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fa.save_lexicon(lexicon, Path(folder) / "mine.dic")["what"].tolist()
    ['weight']
    """
    if not isinstance(lexicon, Lexicon):
        raise ArgumentTypeError(f"only a Lexicon can be saved, not {type(lexicon).__name__}")
    path = Path(path).expanduser()
    content, losses = content_of(lexicon, path, format)
    try:
        with replacing(path, durable=True) as file:
            file.write(content)
    except OSError as error:
        raise LexiconError(
            f"{path.name} cannot be written ({error.strerror}); check the folder and its "
            "permissions"
        ) from None
    return losses
