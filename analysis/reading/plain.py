"""A text or Markdown file → one document."""

from analysis.reading.decoding import decode
from analysis.reading.records import Draft, Note, UnreadableError
from analysis.reading.sources import SourceFile
from analysis.text.segmentation import first_line_title

PLAIN_SUFFIXES = (".txt", ".md")


def read_plain(source: SourceFile, encoding: str | None = None) -> tuple[Draft, list[Note]]:
    """Read one article from a file of its own.

    Parameters
    ----------
    source : SourceFile
        A .txt or .md file.
    encoding : str, optional
        Declared encoding, one that Python knows.

    Returns
    -------
    (Draft, list of Note)
        The document, its text unchanged, and what was guessed or replaced.

    Raises
    ------
    UnreadableError
        If the file is empty or no text.
    OSError
        If the file cannot be opened.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from analysis.reading.plain import read_plain
    >>> from analysis.reading.sources import find_files
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "talks.txt").write_text("Talks resume.")
    ...     draft, notes = read_plain(find_files(folder).files[0])
    >>> draft.document_id, draft.text, notes
    ('talks', 'Talks resume.', [])
    """
    with open(source.location, "rb") as file:
        decoded = decode(file.read(), encoding)
    if not decoded.text.strip():
        raise UnreadableError("the file is empty; put an article in it or remove it")
    draft = Draft(
        source.document_id,
        decoded.text,
        {"title": first_line_title(decoded.text)},
        path=source.path,
        file=source.name,
    )
    return draft, [Note(source.path, None, "value", decoded.note)] if decoded.note else []
