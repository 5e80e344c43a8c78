"""The texts of a table → a Word file with a real table."""

import re
from pathlib import Path

from analysis.errors import TableError
from analysis.publication.printed import Printed

_CELL_POINTS, _NOTE_POINTS = 9, 8
# What XML cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_word(printed: Printed, path: Path) -> None:
    """Write a Word file: the title, the table with a heading row, and the notes.

    Parameters
    ----------
    printed : Printed
        What the table shows.
    path : pathlib.Path
        Where to write it.

    Raises
    ------
    TableError
        If python-docx is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from analysis.publication.printed import Printed
    >>> from analysis.publication.word import write_word
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_word(Printed([], ["Term"], [["aid"]], [True], []), Path(folder) / "a.docx")
    """
    try:
        import docx
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.shared import Pt
    except ImportError:
        raise TableError(
            "writing .docx files needs the package 'python-docx'; install it with pip install "
            "'media-framing[word]', or write an .html file, which Word opens too"
        ) from None
    document = docx.Document()
    # The template of python-docx names its own author.
    document.core_properties.author = ""
    for line in printed.title:
        document.add_paragraph(_for_xml(line), style="Caption")
    if printed.headings:
        rows = [printed.headings, *printed.rows]
        table = document.add_table(rows=len(rows), cols=len(printed.headings), style="Table Grid")
        cells = iter(table._cells)  # row.cells would walk the whole table for each row
        for number, row in enumerate(rows):
            for text, left in zip(row, printed.left, strict=True):
                paragraph = next(cells).paragraphs[0]
                run = paragraph.add_run(_for_xml(text))
                run.font.size, run.bold = Pt(_CELL_POINTS), number == 0
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.RIGHT
        # Word repeats this row on every page, and readers of screens name the columns by it.
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for line in printed.notes:
        note = document.add_paragraph()
        note.paragraph_format.space_after = Pt(0)
        note.add_run(_for_xml(line)).font.size = Pt(_NOTE_POINTS)
    document.save(str(path))


def _for_xml(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
