"""What Factiva writes of an article, in all its forms: codes, or lines in a fixed order."""

import re
from collections.abc import Mapping, Sequence

from analysis.reading.exports.articles import Article
from analysis.reading.exports.dates import day_in

# The codes of the indexed form, by where they stand: before the text, in it, and behind it.
HEAD_CODES = tuple("SE HD BY CR WC PD ET SN SC NGC GC ED PG VOL LA CY CLM DLN CX RST".split())
TEXT_CODES = ("LP", "TD")
TAIL_CODES = tuple("ART CT RF CO IN NS RE IPC IPD PUB AN".split())
_COLUMNS = {"SE": "section", "ED": "edition", "PG": "page", "DLN": "dateline", "CR": "credit"}

# The number under which Factiva keeps an article, as it names it at the end.
NAMES = ("Document", "Dokument", "Документ", "文件", "文書", "ドキュメント")
NUMBER = rf"(?:{'|'.join(NAMES)}|Documento)[ \t]+([A-Z][A-Z0-9]{{11,30}}[a-z0-9]{{4,20}})"
ACCESSION = re.compile(rf"^\W*{NUMBER}\W*$")
WORDS = re.compile(
    r"^([\d.,'\u00a0\u202f ]*\d)\s*(?:words?|Wörter|Worte|mots?|woorden|palabras|parole|palavras|"
    r"слов[оа]?|字|語|ワード)$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?", re.IGNORECASE
)
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,12}")
_COPYRIGHT = re.compile(r"\(c\)|©|copyright|\b(?:19|20)\d\d\b|all rights reserved", re.IGNORECASE)
_BYLINE = re.compile(r"(?:By|Von|Par|Door)\s+(?!de[rmn]\b)", re.IGNORECASE)
# As Factiva names the languages of articles, in the languages of its own pages.
_LANGUAGES = {
    name: code
    for code, names in {
        "en": "english englisch anglais engels inglés inglese 英文 英语",
        "de": "german deutsch allemand duits alemán tedesco 德文 德语",
        "fr": "french französisch français frans francés francese 法文 法语",
        "nl": "dutch niederländisch néerlandais nederlands neerlandés olandese",
        "es": "spanish spanisch espagnol spaans español spagnolo",
        "it": "italian italienisch italien italiaans italiano",
        "pt": "portuguese portugiesisch portugais portugees português portugués portoghese",
        "ru": "russian russisch russe ruso русский russo",
        "zh": "chinese chinesisch chinois chinees 中文 简体中文 繁體中文",
        "ja": "japanese japanisch japonais japans 日本語 日文",
        "pl": "polish polnisch polonais pools polski",
        "sv": "swedish schwedisch suédois zweeds svenska",
        "da": "danish dänisch danois deens dansk",
        "no": "norwegian norwegisch norvégien noors norsk",
        "ar": "arabic arabisch arabe العربية",
        "tr": "turkish türkisch turc turks türkçe",
    }.items()
    for name in names.split()
}


def code_of_language(name: str) -> str | None:
    """Return the code of a language, however Factiva writes it: English, Französisch, zhcn."""
    name = name.strip().lower()
    first = re.split(r"[\s,;(（–—－-]", name)[0]
    if name in ("zhcn", "zhtw"):
        return "zh"
    return (
        _LANGUAGES.get(name)
        or _LANGUAGES.get(first)
        or (name if re.fullmatch("[a-z]{2}", name) else None)
    )


def author_in(line: str) -> str | None:
    """Return the names in a byline."""
    begin = _BYLINE.match(line)
    return line[begin.end() if begin else 0 :].strip() or None


def article_of_codes(fields: Mapping[str, Sequence[str]], language: str | None = None) -> Article:
    """Make an article of the indexed form: the paragraphs of each code."""
    one = {code: " ".join(values).strip() for code, values in fields.items()}
    columns = {name: one[code] for code, name in _COLUMNS.items() if one.get(code)}
    if found := WORDS.match(one.get("WC", "")):
        columns["announced_words"] = _digits(found[1])
    if named := code_of_language(one.get("LA", "")) or language:
        columns["language"] = named
    if subjects := _names_in(one.get("NS", "")):
        columns["subjects"] = subjects
    if number := one.get("AN", "").split()[-1:]:
        columns["source_id"] = number[0]
    return Article(
        title=one.get("HD") or None,
        text="\n\n".join(paragraph for code in TEXT_CODES for paragraph in fields.get(code, ())),
        date=day_in(one.get("PD", "")),
        outlet=one.get("SN") or None,
        author=author_in(one.get("BY", "")),
        columns=columns,
    )


def read_head(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Read the lines from the number of words on; return also how many of them are the head."""
    head: dict[str, str] = {}
    at = 0
    if lines and (found := WORDS.match(lines[0])):
        head["announced_words"] = _digits(found[1])
        at = 1
    if at < len(lines) and (day := day_in(lines[at])):
        head["date"] = day
        at += 1
    if at < len(lines) and _TIME.fullmatch(lines[at]):
        at += 1
    if "date" in head and at < len(lines):
        head["outlet"] = lines[at]
        at += 1
    if at < len(lines) and _SOURCE_CODE.fullmatch(lines[at]):
        at += 1
    # Edition and page stand before the language, the copyright behind it.
    near = range(at, min(at + 5, len(lines)))
    spoken = next((n for n in near if len(lines[n]) > 2 and code_of_language(lines[n])), None)
    if spoken is not None:
        *editions, page = lines[at:spoken] or [""]
        if page and not any(map(str.isdigit, page)):
            editions, page = [*editions, page], ""
        head |= {"edition": "; ".join(editions), "page": page}
        head["language"] = code_of_language(lines[spoken]) or lines[spoken]
        at = spoken + 1
    if at < len(lines) and len(lines[at]) < 200 and _COPYRIGHT.search(lines[at]):
        at += 1
    return {name: value for name, value in head.items() if value}, at


def _names_in(codes: str) -> str:
    """Return the names behind the codes of subjects: `gpol : Politics | gvote : Elections`."""
    names = (part.rpartition(" : ")[2].strip() for part in codes.split("|"))
    return "; ".join(filter(None, names))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
