"""Files of TEI (ParlaMint and other corpora) → speeches with their speakers, or texts."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from analysis.reading.exports.articles import Article, Export
from analysis.reading.exports.contents import read_element
from analysis.reading.exports.elements import (
    ID,
    LANGUAGE,
    children,
    first,
    language_of,
    name_of,
    text_in,
    within,
)
from analysis.reading.parsing.limits import ParsingError

_SPACE = "http://www.tei-c.org/ns/1.0"
_ROOTS = ("TEI", "TEI.2", "teiCorpus")
# What editors and stenographers wrote into a text, and what only stands on its pages.
_NO_SPEECH = frozenset(
    "note vocal kinesic incident gap desc figure fw linkGrp spanGrp standOff speaker stage "
    "writing shift pause".split()
)
_TOLD = frozenset("note vocal kinesic incident stage".split())
_ROLES = ("chair", "regular", "guest")


def recognises(source: Any) -> bool:
    """Know the file by its root, or by the namespace of a part of a corpus."""
    return name_of(source) in _ROOTS or str(source.tag).startswith(f"{{{_SPACE}}}")


def split(source: Any) -> Export:
    """Part the file into its speeches, or its texts."""
    elsewhere = [one.get("href") or "" for one in within(source, "include")]
    texts = within(source, "TEI", "TEI.2")
    advice = (
        f"parts of the corpus are in files of their own ({len(elsewhere):,}, such as "
        f"{elsewhere[-1]!r}); read these too, where they hold texts"
        if elsewhere
        else "leave it out"
    )
    persons = dict(_persons(source))
    articles = [article for text in texts for article in _articles(text, persons)]
    if not articles:
        name = name_of(source)
        raise ParsingError(f"it is a file of TEI ({name!r}) that holds no texts; {advice}")
    bodies = [body for text in texts if (body := _body(text)) is not None]
    n_told = sum(len(within(body, *_TOLD)) for body in bodies)
    n_unnamed = len({one.get("who") for one in within(source, "u") if _ids(one) - set(persons)})
    notes = [advice] if elsewhere else []
    if n_told:
        notes.append(
            "notes of those who wrote the text down (calls, applause, what happened) were left out "
            f"({n_told:,})"
        )
    if n_unnamed:
        notes.append(
            f"speakers whose names stand in another file (listPerson) are called by their ids "
            f"({n_unnamed:,}); give the ids other names in speakers.csv"
        )
    return Export(articles, None, notes)


def _persons(source: Any) -> Iterator[tuple[str, str]]:
    for person in within(source, "person"):
        named = first(person, "persName")
        if person.get(ID) and named is not None:
            kinds = ("forename", "nameLink", "surname")
            parts = [text_in(one) for kind in kinds for one in children(named, kind)]
            yield person.get(ID), " ".join(parts) or text_in(named)


def _articles(text: Any, persons: dict[str, str]) -> list[Article]:
    body = _body(text)
    if body is None:
        return []
    head = _head(text)
    language = language_of(body.get(LANGUAGE), text.get(LANGUAGE))
    speeches = within(body, "u", "sp")
    if not speeches:
        content = read_element(_readable(body), _NO_SPEECH)
        whole = head._replace(text=content.text, columns=_columns(language=language))
        return [whole] if content.text else []
    return [
        head._replace(
            text=read_element(_readable(one), _NO_SPEECH).text,
            author=None,
            columns=_columns(
                language=language_of(one.get(LANGUAGE), language),
                turn_speaker=_speaker(one, persons),
                speaker_role=next((role for role in _ROLES if f"#{role}" in _codes(one)), ""),
                section=_section(one),
                source_id=one.get(ID) or "",
            ),
        )
        for one in speeches
    ]


def _body(text: Any) -> Any:
    return next(iter(children(text, "text")), None)


def _section(speech: Any) -> str:
    parts = (one for one in speech.iterancestors() if name_of(one) == "div")
    return next((text_in(head) for part in parts for head in children(part, "head")), "")


def _columns(**columns: str) -> dict[str, str]:
    return {name: value for name, value in columns.items() if value}


def _codes(speech: Any) -> list[str]:
    return (speech.get("ana") or "").split()


def _head(text: Any) -> Article:
    """Return what the header says: the day is that of the sitting, or of the source."""
    header = first(text, "teiHeader")
    titles = _texts(header, "titleStmt", "title")
    main = [text_in(one) for one in titles if one.get("type") == "main"]
    days = [_day(one) for name in ("setting", "sourceDesc") for one in _texts(header, name, "date")]
    outlets = map(text_in, _texts(header, "sourceDesc", "title"))
    return Article(
        title=next(filter(None, [*main, *map(text_in, titles)]), None),
        text="",
        date=next(filter(None, days), None),
        outlet=next(filter(None, outlets), None),
        author="; ".join(map(text_in, _texts(header, "titleStmt", "author"))) or None,
        is_headline=False,
    )


def _texts(header: Any, place: str, name: str) -> list[Any]:
    around = first(header, place)
    return [] if around is None else within(around, name)


def _day(element: Any) -> str | None:
    span = {element.get(name) for name in ("from", "to", "notBefore", "notAfter")} - {None}
    of_one_day = span.pop() if len(span) == 1 else None
    return element.get("when") or of_one_day or (None if span else text_in(element))


def _ids(speech: Any) -> set[str]:
    return {one.removeprefix("#") for one in (speech.get("who") or "").split()}


def _speaker(speech: Any, persons: dict[str, str]) -> str:
    who = " ".join((speech.get("who") or "").split())
    label = next(iter(children(speech, "speaker")), None)
    if _ids(speech) <= set(persons):
        return "; ".join(persons[one.removeprefix("#")] for one in who.split()) or text_in(label)
    return text_in(label).rstrip(":. ") or who.replace("#", "")


def _readable(element: Any) -> Any:
    """Write words that stand in elements of their own as text, and paragraphs as those of pages."""
    copy = deepcopy(element)
    placed = [(one, name_of(one.getparent())) for one in copy.iterdescendants(etree.Element)]
    for one, around in placed:
        if name_of(one) in ("seg", "item") and around in ("u", "list"):
            one.tag = "p"
        elif name_of(one) in ("w", "pc") and around not in ("w", "pc"):
            one.text = text_in(one)
            for inner in list(one):
                one.remove(inner)
            one.tail = "" if one.get("join") in ("right", "both") else " "
    return copy
