"""Word and .rtf files give what their readers see, and say what these do not see."""

import io
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest

import analysis as fa
from analysis.reading.parsed import text_of_parsed
from analysis.reading.parsing.rtf import parse_rtf
from analysis.reading.parsing.word import parse_word
from tests.reading.making import change_docx, write_word

RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
HIDDEN = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t xml:space='preserve'>{}</w:t></w:r>"
STYLES = (
    "<w:style w:type='character' w:styleId='Ghost'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Heir'><w:basedOn w:val='Ghost'/></w:style>"
    "<w:style w:type='character' w:styleId='Seen'><w:basedOn w:val='Ghost'/>"
    "<w:rPr><w:vanish w:val='0'/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Shade'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='A'><w:basedOn w:val='B'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='B'><w:basedOn w:val='A'/></w:style>"
)


def word(folder: Path, body: str, chunks: Mapping[str, bytes] | None = None) -> bytes:
    """Make a Word file with a body in XML, and with parts in other formats."""
    path = folder / "a.docx"
    write_word(path, body, chunks or {})
    change_docx(path, "</w:styles>", f"{STYLES}</w:styles>", "word/styles.xml")
    return path.read_bytes()


def read(data: bytes) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a Word file but the first, and the notes on it."""
    # In this process: to start another for each file would take long.
    parsed = parse_word(data)
    texts = fa.split_paragraphs(fa.documents_from_texts([text_of_parsed(parsed)]))["text"]
    return list(texts)[1:], [note for note in parsed["notes"] if "headers and" not in note] + [
        note.split(", ", 1)[1] for note in parsed["notes"] if "headers and footers, " in note
    ]


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


@pytest.mark.parametrize(
    ("run", "is_hidden"),
    [
        (HIDDEN.format("", "two words"), True),
        (HIDDEN.format(" w:val='1'", "two words"), True),
        (HIDDEN.format(" w:val='0'", "two words"), False),
        (HIDDEN.format(" w:val='false'", "two words"), False),
        *(
            (
                f"<w:r><w:rPr><w:rStyle w:val='{style}'/></w:rPr><w:t>two words</w:t></w:r>",
                is_hidden,
            )
            for style, is_hidden in (
                ("Ghost", True),
                ("Heir", True),
                ("Seen", False),
                ("No", False),
            )
        ),
    ],
)
def test_hidden_words_are_left_out_and_counted(tmp_path: Path, run: str, is_hidden: bool) -> None:
    body = paragraph(RUN.format("Talks "), run, RUN.format(" resume."))
    paragraphs, notes = read(word(tmp_path, body))
    assert paragraphs == ["Talks resume." if is_hidden else "Talks two words resume."]
    assert any("2 words formatted as hidden" in note for note in notes) == is_hidden


def test_a_paragraph_of_a_hidden_style_is_left_out(tmp_path: Path) -> None:
    body = paragraph(
        RUN.format("Three hidden words"),
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r>",
        properties="<w:pStyle w:val='Shade'/>",
    )
    paragraphs, notes = read(word(tmp_path, body + paragraph(RUN.format("After."))))
    assert paragraphs == ["seen", "After."]
    assert any("3 words formatted as hidden" in note for note in notes)


def test_changes_read_as_accepted_and_deletions_are_counted(tmp_path: Path) -> None:
    deleted = "<w:del w:id='2' w:author='a'><w:r><w:delText>OLD</w:delText></w:r></w:del>"
    inserted = f"<w:ins w:id='1' w:author='a'>{RUN.format('NEW')}</w:ins>"
    paragraphs, notes = read(word(tmp_path, paragraph(RUN.format("A "), deleted, inserted)))
    assert paragraphs == ["A NEW"]
    assert any("1 tracked deletions" in note for note in notes)


def test_a_paragraph_whose_end_was_deleted_goes_on(tmp_path: Path) -> None:
    end = "<w:rPr><w:del w:id='2' w:author='a'/></w:rPr>"
    body = paragraph(RUN.format("Talks "), properties=end) + paragraph(RUN.format("resume."))
    assert read(word(tmp_path, body + paragraph(RUN.format("End."))))[0] == [
        "Talks resume.",
        "End.",
    ]


def test_fields_give_their_result_and_never_their_code(tmp_path: Path) -> None:
    sign = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    begin, separate, end = map(sign.format, ("begin", "separate", "end"))
    code = "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
    inner = begin + code + separate + RUN.format("INNER") + end
    body = paragraph(begin, inner, separate, RUN.format("Talks"), end, RUN.format(" resume."))
    simple = f"<w:fldSimple w:instr='DATE'>{RUN.format('14 May')}</w:fldSimple>"
    assert read(word(tmp_path, body + paragraph(simple)))[0] == ["Talks resume.", "14 May"]


def test_form_fields_are_read_where_they_are_filled_in(tmp_path: Path) -> None:
    field = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    filled = field.format("", paragraph(RUN.format("Talks.")))
    empty = field.format("<w:showingPlcHdr/>", paragraph(RUN.format("Click to enter text")))
    within = paragraph(RUN.format("By "), field.format("", RUN.format("Quill")))
    paragraphs, notes = read(word(tmp_path, filled + empty + within))
    assert paragraphs == ["Talks.", "By Quill"]
    assert any("1 form fields that nobody filled in" in note for note in notes)


def test_words_above_words_are_left_out(tmp_path: Path) -> None:
    ruby = "<w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>"
    run = f"<w:r>{ruby.format(RUN.format('han'), RUN.format('漢'))}</w:r>"
    assert read(word(tmp_path, paragraph(run)))[0] == ["漢"]


def inner_docx(*texts: str) -> bytes:
    document, data = docx.Document(), io.BytesIO()
    for text in texts:
        document.add_paragraph(text)
    document.save(data)
    return data.getvalue()


PAGE = "<html><body><p>One é.</p><p hidden>Not seen.</p><div>Two<br>lines.</div></body></html>"
MAIL = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: "
MAIL += "text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}\n--b--\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("c.html", PAGE.encode()),
        ("c.xhtml", f"<?xml version='1.0'?>{PAGE}".encode()),
        ("c.mht", MAIL.format(PAGE).encode()),
        ("c.bin", PAGE.encode()),
        ("c.rtf", b"{\\rtf1\\ansi One \\'e9.\\par {\\v Not seen.}Two lines.\\par}"),
        ("c.txt", "One é.\n\nTwo  lines.".encode()),
        ("c.docx", inner_docx("One é.", "Two lines.")),
    ],
)
def test_what_is_set_in_from_another_format_is_read_where_it_stands(
    tmp_path: Path, name: str, data: bytes
) -> None:
    body = f"{paragraph(RUN.format('Before.'))}<w:altChunk r:id='c'/>"
    paragraphs, notes = read(word(tmp_path, body + paragraph(RUN.format("After.")), {name: data}))
    assert [" ".join(text.split()) for text in paragraphs] == [
        *("Before.", "One é.", "Two lines.", "After."),
    ]
    assert not any("another format" in note for note in notes)


@pytest.mark.parametrize("data", [b"\x00\x01 no format", b"PK\x03\x04 no archive"])
def test_what_is_set_in_and_cannot_be_read_is_told(tmp_path: Path, data: bytes) -> None:
    body = f"{paragraph(RUN.format('Before.'))}<w:altChunk r:id='c'/><w:altChunk r:id='no'/>"
    paragraphs, notes = read(word(tmp_path, body, {"c.bin": data}))
    assert paragraphs == ["Before."]
    assert any("was not read (word/c.bin, a file outside of it)" in note for note in notes)


def test_a_file_that_is_set_into_itself_ends(tmp_path: Path) -> None:
    body = f"{paragraph(RUN.format('Level.'))}<w:altChunk r:id='c'/>"
    data = inner_docx("Deepest.")
    for _ in range(6):
        data = word(tmp_path, body, {"c.docx": data})
    paragraphs, notes = read(data)
    assert paragraphs.count("Level.") == 4
    assert any("was not read (word/c.docx)" in note for note in notes)


# .rtf files


@pytest.mark.parametrize(
    ("source", "texts", "n_words"),
    [
        (r"Talks {\v two words}resume.\par", ["Talks resume."], 2),
        (r"Talks \v two words\v0 resume.\par", ["Talks resume."], 2),
        (r"Talks \v two words\plain resume.\par", ["Talks resume."], 2),
        (r"Talks {\b\v\f1 two \'e9t\'e9}resume.\par", ["Talks resume."], 2),
        (r"Talks {\deleted\revauthdel1 two words}resume.\par", ["Talks resume."], 2),
        (r"Talks {\deleted{\*\x {a}}two {\b words}}resume.\par", ["Talks resume."], 2),
        (r"Talks {\v two {\b{\i words}}}{resume}.\par", ["Talks resume."], 2),
        (r"Talks {\v0 two words }resume.\par", ["Talks two words resume."], 0),
        (r"Talks \\v two words resume.\par", [r"Talks \v two words resume."], 0),
        (r"Talks {\viewkind4 two }resume.\par", ["Talks two resume."], 0),
    ],
)
def test_hidden_and_deleted_words_of_rtf_files_are_left_out(
    source: str, texts: list[str], n_words: int
) -> None:
    styles = r"{\stylesheet{\s1\v Ghost;}}"
    parsed = parse_rtf(b"{\\rtf1\\ansi %s\\pard %s}" % (styles.encode(), source.encode()))
    assert parsed["paragraphs"] == texts
    told = f"left out: {n_words} words formatted as hidden or deleted"
    assert parsed["notes"] == ([told] if n_words else [])
