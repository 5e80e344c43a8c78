"""Texts in many languages and encodings are read right, or the guess says what else would fit."""

import warnings
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.reading.encodings import guess_encoding

TEXTS = {
    "English": "Fianna Fáil’s “deal” – worth €160m – was quiet. RTÉ said: “It’s late…”, he left.",
    "German": "Grenzschützer verstärkten Kontrollen. Der Minister heißt das gut. „Wir prüfen es.“",
    "French": "La sécurité a été renforcée à la frontière. C’est là où il espère être reçu.",
    "Spanish": "El señor Muñoz habló de la frontera. ¿Qué dirá mañana? La policía llegó después.",
    "Italian": "La sicurezza è più importante, così ha detto il ministro. La città però è calma.",
    "Portuguese": "A segurança não é só uma questão de polícia. Três cidadãos já estão na prisão.",
    "Swedish": "Gränsen ska bevakas bättre, säger ministern. Många människor försöker ta sig över.",
    "Danish": "Grænsen skal bevogtes bedre, siger ministeren. Mange mennesker prøver at få hjælp.",
    "Polish": "Straż graniczna wzmocniła kontrole. Premier mówi, że bezpieczeństwo jest ważne.",
    "Czech": "Bezpečnost hranic je nejdůležitější, řekl předseda vlády. Policie však žádá víc.",
    "Hungarian": "A határ őrzése erősödött. A miniszter szerint a biztonság fontos, több őr jön.",
    "Croatian": "Policija je pojačala nadzor. Ministar kaže da je sigurnost građana važna i češća.",
    "Romanian": "Poliţia a întărit controlul. Ministrul spune că siguranţa cetăţenilor e în joc.",
    "Turkish": "Sınır güvenliği en önemli konudur, dedi başbakan. Askerler hazır, çalışma sürüyor.",
    "Lithuanian": "Sienų apsauga sustiprinta. Ministrė sako, kad žmonių saugumas yra svarbiausias.",
    "Russian": "Президент заявил, что безопасность границы важна. Полиция усилила контроль вчера.",
    "Ukrainian": "Президент заявив, що безпека кордону є важливою. Поліція посилила контроль міст.",
    "Greek": "Η ασφάλεια των συνόρων είναι σημαντική, είπε ο υπουργός. Η αστυνομία έλαβε μέτρα.",
    "Hebrew": "ביטחון הגבולות הוא החשוב ביותר, אמר השר. המשטרה הגבירה את הפיקוח אתמול.",
    "Arabic": "أمن الحدود هو الأهم، كما قال الوزير. وعززت الشرطة المراقبة أمس في المدينة.",
    "Japanese": "国境警備隊は火曜日に警備を強化した。大臣は国家の安全が脅かされていると述べた。",
    "Chinese": "总统表示，边境安全是首要任务。警察昨天加强了检查。",
    "Taiwanese": "總統表示，邊境安全是首要任務。警察昨天加強了檢查。",
    "Korean": "대통령은 국경의 안전이 가장 중요하다고 말했다. 경찰은 어제 단속을 강화했다.",
}
_WESTERN = ("cp1252", "mac_roman", "cp850", "iso8859_15")
_CENTRAL = ("cp1250", "iso8859_2", "cp852")
_CYRILLIC = ("cp1251", "koi8_u", "iso8859_5", "mac_cyrillic")
ENCODINGS = {
    **dict.fromkeys(("German", "French", "Spanish", "Italian"), _WESTERN),
    **dict.fromkeys(("Portuguese", "Swedish", "Danish"), _WESTERN),
    **dict.fromkeys(("Polish", "Czech", "Hungarian", "Croatian", "Romanian"), _CENTRAL),
    "English": ("cp1252", "mac_roman"),
    **{"Turkish": ("cp1254",), "Lithuanian": ("cp1257",), "Ukrainian": _CYRILLIC},
    **{"Russian": (*_CYRILLIC, "koi8_r", "cp866"), "Greek": ("cp1253", "iso8859_7")},
    **{"Hebrew": ("cp1255",), "Arabic": ("cp1256", "iso8859_6")},
    **{"Japanese": ("cp932", "euc_jp", "iso2022_jp"), "Chinese": ("gb18030", "hz")},
    **{"Taiwanese": ("big5",), "Korean": ("cp949", "iso2022_kr")},
}
PAIRS = [(language, encoding) for language in TEXTS for encoding in ENCODINGS[language]]


def _read_all(folder: Path, files: Sequence[bytes]) -> list[tuple[str, str]]:
    """Return what is read of each file, and the notes on it."""
    for n, data in enumerate(files):
        (folder / f"{n:03d}.txt").write_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        documents, skipped = fa.read_documents(folder, return_skipped=True)
    notes = skipped.groupby("path")["reason"].agg(" ".join)
    return [(one.text, notes.get(one.path, "")) for one in documents.itertuples()]


def _read(folder: Path, data: bytes) -> tuple[str, str]:
    return _read_all(folder, [data])[0]


def _named(note: str, data: bytes) -> list[str]:
    """Return the other readings of a text whose encodings a note names."""
    behind = note.partition("low confidence")[2]
    encodings = {name for names in ENCODINGS.values() for name in names}
    return [data.decode(name, "replace") for name in encodings if f" {name}" in behind]


@pytest.mark.parametrize(("language", "encoding"), PAIRS)
def test_a_few_sentences_are_read_right_and_noted(
    tmp_path: Path, language: str, encoding: str
) -> None:
    data = TEXTS[language].encode(encoding, "ignore")
    found, note = _read(tmp_path, data)
    assert found == data.decode(encoding)
    assert "encoding guessed as" in note


@pytest.mark.parametrize(("language", "encoding"), PAIRS)
def test_few_words_are_read_right_or_the_note_names_the_right_encoding(
    tmp_path: Path, language: str, encoding: str
) -> None:
    text = TEXTS[language]
    words = text.split() if " " in text else [text[:4], text[4:12], text[12:]]
    pieces = [" ".join(words[n : n + 3]).encode(encoding, "ignore") for n in range(len(words))]
    files = [data for data in pieces if data.decode(encoding) != data.decode("ascii", "ignore")]
    for data, (found, note) in zip(files, _read_all(tmp_path, files), strict=True):
        assert "encoding guessed as" in note
        # A single letter may be any.
        if sum(code > 0x7F for code in data) > 1:
            assert data.decode(encoding) in (found, *_named(note, data))


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_is_unicode_needs_no_note(tmp_path: Path, language: str, encoding: str) -> None:
    assert _read(tmp_path, TEXTS[language].encode(encoding)) == (TEXTS[language], "")


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("taken_for", ["cp1252", "latin-1"])
def test_utf8_that_was_encoded_twice_is_undone_and_told(
    tmp_path: Path, language: str, taken_for: str
) -> None:
    codes = TEXTS[language].encode()
    letters = "".join(
        bytes([code]).decode("latin-1" if code in b"\x81\x8d\x8f\x90\x9d" else taken_for)
        for code in codes
    )
    found, note = _read(tmp_path, letters.encode())
    assert found == TEXTS[language]
    assert "encoded once more, which was undone" in note


def test_a_text_of_which_a_part_was_encoded_twice_is_told(tmp_path: Path) -> None:
    text = "Die Übergänge sind geprüft. Die UmwandlungÃ¼ber war falsch."
    found, note = _read(tmp_path, text.encode())
    assert found == text
    assert "1 text holds wrongly decoded characters, such as Ã¼" in note


@pytest.mark.parametrize("text", ["CAFÉ” closed.", "Spaß… SCHÖN. IRMÃ»", "“É” is a letter. Ó»"])
def test_capitals_before_marks_are_no_utf8_encoded_twice(tmp_path: Path, text: str) -> None:
    assert _read(tmp_path, text.encode()) == (text, "")


def test_a_note_shows_a_word_as_the_other_encodings_would_read_it(tmp_path: Path) -> None:
    found, note = _read(tmp_path, "Größe".encode("mac_roman"))
    assert found == "Größe"
    assert "guessed as mac_roman, low confidence; " in note
    assert "for 'Größe')" in note
    assert " fit as well: save the file as UTF-8 or pass encoding=" in note


def test_a_few_nul_bytes_are_taken_out_and_told(tmp_path: Path) -> None:
    text = "The border is quiet. " * 20
    found, note = _read(tmp_path, text.encode().replace(b"quiet", b"qui\0et", 2))
    assert found == text
    assert "2 NUL bytes were taken out (byte 17, …); the file may be damaged" in note


def test_words_from_the_whole_of_a_long_text_tell_its_encoding() -> None:
    rest = "Straße und Bürger. " * 2_000
    guess = guess_encoding(f"{rest}\nDer Preis: 5 €.".encode("iso8859_15"))
    assert guess is not None
    assert guess.encoding == "iso8859_15"


def test_a_language_that_is_in_no_list_is_told(tmp_path: Path) -> None:
    text = "ประเทศไทยเป็นประเทศที่มีประชากรมาก " * 8
    _, note = _read(tmp_path, text.encode("tis_620"))
    assert "low confidence, since it is in no language that tells its encoding" in note


@pytest.mark.parametrize(("language", "encoding"), [("Japanese", "cp932"), ("Polish", "cp1250")])
def test_pages_that_declare_no_encoding_are_decoded_in_the_same_way(
    tmp_path: Path, language: str, encoding: str
) -> None:
    page = f"<html><body><article><h1>Talks</h1><p>{TEXTS[language]}</p></article></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["text"][0].endswith(TEXTS[language])
    assert f"declared nowhere and was guessed as {encoding}" in " ".join(skipped["reason"])


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *(("Japanese", "cp932"), ("Japanese", "euc_jp"), ("Chinese", "gb18030")),
        *(("Taiwanese", "big5"), ("Korean", "cp949")),
    ],
)
def test_a_text_that_is_cut_within_a_sign_is_read_and_told(
    tmp_path: Path, language: str, encoding: str
) -> None:
    text = TEXTS[language]
    data = text.encode(encoding) + text[0].encode(encoding)[:1]
    found, note = _read(tmp_path, data)
    assert found == f"{text}\ufffd"
    assert f"encoding guessed as {encoding}, low confidence; " in note
    assert f"1 invalid place replaced by U+FFFD (byte {len(data) - 1})" in note


def test_tables_are_decoded_in_the_same_way(tmp_path: Path) -> None:
    table = pd.DataFrame({"text": [TEXTS["Polish"], TEXTS["Czech"]]})
    table.to_csv(tmp_path / "a.csv", index=False, encoding="iso8859_2", errors="ignore")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["text"].tolist() == table["text"].tolist()
    assert skipped["reason"].str.contains("guessed as iso8859_2").any()
