"""The texts of a table → a Word file with a real table."""

import re
from io import BytesIO

from analysis.errors import needed_for
from analysis.output.tables.printed import PrintedTable

_CELL_POINTS, _NOTE_POINTS = 9, 8
_SMALL_POINTS = 7
# Points: an A4 page, its margins, and what a cell keeps free at its sides.
_PAGE = (595.3, 841.9)
_MARGIN = 57
_SIDES = 11.5
# Of the height of letters, the width of a usual one and of one in bold.
_LETTER, _BOLD = 0.58, 0.7
# Letters beyond which a cell has several lines.
_WIDE = 40
# Lines as in printed papers: above, below, and under the headings.
_LINES = (
    '<w:tblBorders {}><w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/>'
    "</w:tblBorders>"
)
_LINE_BELOW = '<w:tcBorders {}><w:bottom w:val="single" w:sz="4"/></w:tcBorders>'
# What XML cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_word(printed: PrintedTable) -> bytes:
    """Return a Word file: the title, the table with a heading row, and the notes."""
    with needed_for("writing .docx files", "word"):
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement, parse_xml
        from docx.oxml.ns import nsdecls
        from docx.shared import Pt
    document = docx.Document()
    # The template of python-docx names its own author.
    document.core_properties.author = ""
    section = document.sections[0]
    lying, size, widths = _laid_out(printed)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    width, height = _PAGE[::-1] if lying else _PAGE
    section.page_width, section.page_height = Pt(width), Pt(height)
    section.left_margin = section.right_margin = Pt(_MARGIN)
    for line in printed.title:
        document.add_paragraph(_for_xml(line), style="Caption")
    if printed.columns:
        rows = [printed.headings, *printed.rows]
        table = document.add_table(rows=len(rows), cols=len(printed.headings))
        table.autofit = False
        table._tblPr.append(parse_xml(_LINES.format(nsdecls("w"))))
        cells = iter(table._cells)  # row.cells would walk the whole table for each row
        for number, row in enumerate(rows):
            for text, column, width in zip(row, printed.columns, widths, strict=True):
                cell = next(cells)
                cell.width = Pt(width)
                paragraph = cell.paragraphs[0]
                run = paragraph.add_run(_for_xml(text))
                run.font.size, run.bold = Pt(size), number == 0 or column.bold
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, column.side.upper())
                if number == 0:
                    cell._tc.get_or_add_tcPr().append(parse_xml(_LINE_BELOW.format(nsdecls("w"))))
        for place, width in enumerate(widths):
            table.columns[place].width = Pt(width)
        # Word repeats this row on every page, and readers of screens name the columns by it.
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for line in printed.notes:
        note = document.add_paragraph()
        note.paragraph_format.space_after = Pt(0)
        note.add_run(_for_xml(line)).font.size = Pt(_NOTE_POINTS)
    whole = BytesIO()
    document.save(whole)
    return whole.getvalue()


def _laid_out(printed: PrintedTable) -> tuple[bool, int, list[float]]:
    """Tell whether the page lies, how large letters are, and how wide columns, in points."""
    columns = list(zip(*printed.rows, strict=True)) or [()] * len(printed.headings)
    for lying, size in ((False, _CELL_POINTS), (True, _CELL_POINTS), (True, _SMALL_POINTS)):
        room = _PAGE[lying] - 2 * _MARGIN
        least, wished = [], []
        for heading, cells in zip(printed.headings, columns, strict=True):
            words = [len(word) for cell in cells for word in cell.split()]
            in_heading = max(map(len, heading.split()), default=1) * _BOLD
            needed = size * max(in_heading, max(words, default=1) * _LETTER) + _SIDES
            longest = max(map(len, cells), default=1)
            least.append(needed)
            wished.append(max(needed, size * min(longest, _WIDE) * _LETTER + _SIDES))
        if sum(least) <= room:
            break
    over = sum(wished) - sum(least)
    share = min(max(room - sum(least), 0) / over, 1) if over > 0 else 0
    shrunk = min(room / sum(least), 1) if least else 1
    between = zip(least, wished, strict=True)
    return lying, size, [shrunk * (few + share * (many - few)) for few, many in between]


def _for_xml(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", " ".join(text.split()))
