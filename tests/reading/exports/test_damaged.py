"""Damaged exports are split, refused or left to others: no error of ours, no endless search."""

import random
from collections.abc import Iterable
from typing import Any

import hypothesis
import pytest
from lxml import etree, html

from analysis.reading.exports import read_export
from analysis.reading.exports.articles import Paragraph
from analysis.reading.parsing.limits import ParsingError
from tests.reading.damaging import mutated
from tests.reading.exports import europresse_samples as europresse
from tests.reading.exports import factiva_samples as factiva
from tests.reading.exports import proquest_samples as proquest
from tests.reading.exports import xml_samples
from tests.reading.exports.nexis_samples import ARTICLES, COVER, ENGLISH, GERMAN, LIST, ODD, page_of

_CODES = ("SE", "HD", "WC", "PD", "SN", "LA", "LP", "TD", "NS", "AN")
_N = hypothesis.settings().max_examples


def _tree(text: str) -> Any:
    return html.document_fromstring("<html><body>" + text.replace("\x00", ""))


def _xml(text: str) -> Any:
    tree = etree.fromstring(f"<r>{text}</r>".encode(), etree.XMLParser(recover=True))
    return etree.Element("r") if tree is None else tree


def _word(text: str) -> list[Paragraph]:
    lines = iter(text.split("\n\n"))
    return [
        Paragraph(next(lines, ""), (line[1:],)) if line.startswith("#") else Paragraph(line)
        for line in lines
    ]


def _written(tree: Any) -> str:
    return html.tostring(tree, encoding="unicode")


_FACTIVA = [
    factiva.article_of(factiva.lines_of("Boats", *factiva.OTHERS), factiva.PARAGRAPH.format(text))
    for text in ("Crews worked.", "No comment.")
]
_INDEXED = "<div class='article enArticle'><table>{}</table></div>".format(
    "".join(factiva.row_of(code, f"<p>{code.title()} 14 May 2024</p>") for code in _CODES)
)
SEEDS = [
    ("text", COVER + ENGLISH, str),
    ("text", GERMAN, str),
    ("text", ODD, str),
    ("text", "\n".join(LIST + ARTICLES), str),
    ("page", page_of(COVER + ENGLISH), _tree),
    ("page", page_of(ENGLISH, numbered=False), _tree),
    ("text", 2 * factiva.PLAIN.format(0), str),
    ("text", 2 * factiva.CODED.format(0), str),
    ("text", proquest.text_of(*[proquest.ARTICLE.format(n=n) for n in (1, 2)]), str),
    ("page", _written(factiva.page_of(*_FACTIVA)), _tree),
    ("page", _written(europresse.page_of(*[europresse.article_of()] * 2)), _tree),
    (
        "page",
        _written(europresse.page_of(*[europresse.cell_of("Cléo Hart<br><p></p>")] * 2)),
        _tree,
    ),
    ("page", _written(proquest.page_of(proquest.block_of(1), proquest.block_of(2))), _tree),
    ("page", _written(factiva.page_of(2 * _INDEXED)), _tree),
    ("xml", factiva.XML.format(2 * factiva.XML_ARTICLE.format("None")), _xml),
    ("word", "\n\n".join(LIST + ARTICLES), _word),
]


@pytest.mark.parametrize(("form", "seed", "source"), SEEDS)
def test_every_damaged_export_is_split_refused_or_left(form: str, seed: str, source: Any) -> None:
    for text in _damaged(seed):
        try:
            export = read_export(form, source(text))
        except ParsingError as fault:
            assert str(fault).startswith("it was written by")  # noqa: PT017 - most raise nothing
        else:
            assert export is None or export["articles"]


@pytest.mark.parametrize("seed", xml_samples.SEEDS)
def test_every_damaged_feed_or_debate_is_split_refused_or_left(seed: str) -> None:
    for text in _damaged(seed):
        parser = etree.XMLParser(recover=True, resolve_entities=False, remove_comments=True)
        try:
            tree = etree.fromstring(text.encode(), parser)
            export = None if tree is None else read_export("xml", tree)
        except etree.XMLSyntaxError:
            continue
        except ParsingError as fault:
            assert "hold" in str(fault)  # noqa: PT017 - most raise nothing
        else:
            assert export is None or export["articles"]


def _damaged(seed: str) -> Iterable[str]:
    for n in range(_N):
        chance = random.Random(f"{seed[:50]}{n}")  # noqa: S311 - no secret hangs on it
        yield mutated(seed.encode(), chance).decode("utf-8", "replace")


def test_numbers_of_any_size_cost_nothing() -> None:
    text = COVER.replace("1-2", "1-" + "9" * 5000) + ENGLISH.replace("2 of 2", "9999999 of 2")
    export = read_export("text", text.replace("44 words", "9" * 5000 + " words"))
    assert export is not None
    assert len(export["articles"]) == 2
