"""Encodings: byte order mark, declared, strict UTF-8, and a flagged guess at the end."""

import hashlib
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import ReadingError, ReadingWarning
from analysis.reading.garbled import leftovers

SPANISH = "El año pasado la seguridad de la frontera fue el tema. El señor Muñoz habló de ella.\n"
GERMAN = "Die Übergänge an der Grenze müssen für Flüchtlinge geprüft werden, heißt es weiter. "


def read_bytes(
    folder: Path, data: bytes, encoding: str | None = None
) -> tuple[str | None, list[str]]:
    """Write bytes as an article and return its text (None: not read) and the notes on it."""
    (folder / "article.txt").write_bytes(data)
    (folder / "beside.csv").write_text("document_id,text\nbeside,x\n", encoding="ascii")
    documents, skipped = fa.read_documents(folder, encoding=encoding, return_skipped=True)
    texts = documents.set_index("document_id")["text"]
    about = skipped[skipped["path"].str.endswith("article.txt")]
    return texts.get("article"), about["reason"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        SPANISH,
        "El año pasado ... seguridad",
        GERMAN,
        "The minister’s border is “quiet” — and safe.",
        "La sicurezza è più importante, così ha detto il ministro.",
        "El año",
        "The migrants paid £500 – “too much”.",
        "L’été dernier, la sécurité des frontières était au cœur du débat.",
    ],
)
def test_western_text_without_declaration_is_read_as_windows_1252_and_flagged(
    tmp_path: Path, text: str
) -> None:
    """I01"""
    found, notes = read_bytes(tmp_path, text.encode("cp1252"))
    assert found == text
    assert [note for note in notes if "guessed as cp1252, low confidence" in note] == notes != []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Wczoraj premier powiedział, że bezpieczeństwo granic jest najważniejsze.", "cp1250"),
        ("Bezpečnost hranic je nejdůležitější věcí, řekl předseda vlády.", "cp1250"),
        ("Президент заявил, что безопасность границы является главной задачей.", "cp1251"),
        ("Sınır güvenliği en önemli konudur, dedi başbakan. Askerler hazır.", "cp1254"),
        ("总统表示，边境安全是首要任务。", "gb18030"),
    ],
)
def test_the_preference_for_windows_1252_leaves_other_languages_alone(
    tmp_path: Path, text: str, encoding: str
) -> None:
    found, notes = read_bytes(tmp_path, text.encode(encoding))
    assert found == text
    assert "low confidence" in notes[0]


def test_a_guess_is_warned_about_and_says_what_to_do(tmp_path: Path) -> None:
    """I01"""
    (tmp_path / "article.txt").write_bytes(SPANISH.encode("cp1252"))
    with pytest.warns(ReadingWarning, match=r"article\.txt.*guessed as cp1252.*pass encoding="):
        fa.read_documents(tmp_path)


def test_valid_utf8_is_never_handed_to_the_detector(tmp_path: Path) -> None:
    """I02"""
    assert read_bytes(tmp_path, "▶hello".encode()) == ("▶hello", [])


def test_nearly_valid_utf8_keeps_its_letters_and_names_the_invalid_byte(tmp_path: Path) -> None:
    """I03"""
    data = (GERMAN * 8).encode()
    offset = data.index(b"Grenze")
    found, notes = read_bytes(tmp_path, data[:offset] + b"\xff" + data[offset:])
    assert found == (GERMAN * 8).replace("Grenze", "\ufffdGrenze", 1)
    assert f"byte {offset}" in notes[0]
    assert len(notes) == 1


def test_many_invalid_bytes_are_counted_and_the_first_are_named(tmp_path: Path) -> None:
    found, notes = read_bytes(tmp_path, GERMAN.encode() * 5 + b"a\xffb" * 5)
    assert found == GERMAN * 5 + "a\ufffdb" * 5
    assert "5 invalid places" in notes[0]
    assert ", …" in notes[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text",
    [
        *("▶hello", "The border. " * 50, SPANISH, "Президент заявил, что граница важна.\n"),
        *("总统表示，边境安全是首要任务。\n" * 3, "境界の安全が最も重要だと、首相は述べた。\r\n"),
    ],
)
def test_utf16_without_a_byte_order_mark_is_read_with_a_note(
    tmp_path: Path, text: str, encoding: str
) -> None:
    """I04"""
    found, notes = read_bytes(tmp_path, text.encode(encoding))
    assert found == text
    assert f"guessed as {encoding} without a byte order mark" in notes[0]
    assert f"encoding={encoding!r}" in notes[0]
    assert read_bytes(tmp_path, text.encode(encoding), encoding) == (text, [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_bom_is_not_part_of_the_text(tmp_path: Path, encoding: str) -> None:
    """I05"""
    found = read_bytes(tmp_path, "security – now".encode(encoding), "cp1252")
    assert found == ("security – now", [])


def test_a_declared_encoding_is_used(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, SPANISH.encode("cp1252"), "cp1252") == (SPANISH, [])


def test_a_declaration_that_turns_utf8_into_rubbish_is_flagged(tmp_path: Path) -> None:
    found, notes = read_bytes(tmp_path, SPANISH.encode(), "latin-1")
    assert found == SPANISH.encode().decode("latin-1")
    assert "although it is valid UTF-8" in notes[0]


def test_a_declaration_that_does_not_fit_falls_back_and_is_flagged(tmp_path: Path) -> None:
    found, notes = read_bytes(tmp_path, SPANISH.encode(), "ascii")
    assert found == SPANISH
    assert notes == ["not ascii as declared (byte 4); read as UTF-8"]


@pytest.mark.parametrize("encoding", ["klingon-8", "rot13"])
def test_an_unknown_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(ReadingError, match=f"{encoding}.*unknown"):
        fa.read_documents(tmp_path, encoding=encoding)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nobj",
        b"PK\x03\x04word",
        b"\x89PNG\r\n\x1a\n",
        b"text\x00text",
        bytes(range(1, 256)),
    ],
)
def test_a_binary_file_is_listed_and_not_read(tmp_path: Path, data: bytes) -> None:
    found, notes = read_bytes(tmp_path, data)
    assert found is None
    assert len(notes) == 1


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_listed_and_not_read(tmp_path: Path, data: bytes) -> None:
    found, notes = read_bytes(tmp_path, data)
    assert found is None
    assert notes[0].startswith("the file is empty")


def test_bytes_in_no_known_encoding_are_listed_and_not_read(tmp_path: Path) -> None:
    found, notes = read_bytes(tmp_path, bytes(range(128, 256)) * 4)
    assert found is None
    assert "cannot be guessed" in notes[0]


# Control characters make a file binary; U+FEFF at the start is a byte order mark.
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n\t")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_text_is_stored_as_it_is_in_the_file(tmp_path: Path, text: str) -> None:
    """R1"""
    # No encoding of one byte holds a snowman, so nothing is UTF-8 that was encoded twice.
    text = f"a\u2603{text}"
    assume(next(leftovers(text), None) is None)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (tmp_path / "article.txt").write_bytes(text.encode())
        documents = fa.read_documents(tmp_path / "article.txt")
    assert documents["text"].tolist() == [text]


def test_line_ends_are_kept_and_the_hash_is_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    documents = fa.read_documents(tmp_path)
    assert documents["text"].tolist() == ["one\r\ntwo\rthree\n"]
    expected = hashlib.sha256(b"one\r\ntwo\rthree\n").hexdigest()
    assert documents["sha256"].tolist() == [expected]
