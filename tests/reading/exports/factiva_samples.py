"""Files of Factiva, with texts of our own."""

from typing import Any

from lxml import html


def page_of(*articles: str, foot: str = "") -> Any:
    return html.document_fromstring(
        f"<html><head><title>Factiva</title></head><body><h1>Factiva</h1>{''.join(articles)}"
        f"<span class='copyright'>© 2024 Factiva, Inc.</span>{foot}</body></html>"
    )


def article_of(lines: str, paragraphs: str, number: int = 0, language: str = "en") -> str:
    return (
        f'<span></span><div id="article-{number}" class="article">'
        f'<div class="article {language}Article"><p>\n</p>{lines}<p></p>{paragraphs}'
        f"<p>Harbour Press Ltd</p><p>Document HARBR0020240514ek5e0000{number}</p></div></div><br>"
    )


def lines_of(title: str, *others: str) -> str:
    rest = "".join(f"<div>{line}</div>" for line in others)
    return (
        f'<div>News</div><div id="hd"><span class="enHeadline">{title}</span></div>'
        f'<div class="author">By Ada Quill</div>{rest}'
    )


PARAGRAPH = '<p class="articleParagraph enarticleParagraph">{}</p>'
OTHERS = ("61 words", "14 May 2024", "10:12", "The Herald", "HARBR", "Final", "4", "English")


PLAIN = """News
Boats doubled after a crossing
By Ada Quill
1,061 words
14 May 2024
The Herald
HARBR
Final
4
English
(c) 2024 Harbour Press Ltd

Crews worked through the night.

IN the end nobody came.

Harbour Press Ltd

Document HARBR0020240514ek5e0000{}
"""


CODED = """SE  News
HD  Boats doubled
BY  By Ada Quill
WC  61 words
PD  14 May 2024
SN  The Herald
SC  HARBR
LA  English
CY  (c) 2024 Harbour Press Ltd
LP
Crews worked through the night.

IN London nobody came. CO of nothing.

TD
RE the rest, she said nothing.
NS  gpol : Politics
RE  uk : United Kingdom
PUB  Harbour Press Ltd
AN  Document HARBR0020240514ek5e0000{}
"""


XML = """<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0">
<ppsarticleResultSet count="3">{}</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"""
XML_ARTICLE = """<ppsarticle><article><accessionNo>HARBR0020240514ek5e00000</accessionNo>
<baseLanguage>EN</baseLanguage><byline>By Ada Quill</byline>
<headline><paragraph><hlt>Boats</hlt> doubled</paragraph></headline>
<leadParagraph><paragraph truncation="None">Lead.</paragraph></leadParagraph>
<publicationDate><dateTime>2024-05-14T01:35:58Z</dateTime></publicationDate>
<sourceName>The Herald</sourceName><newsSubject><name>Politics</name></newsSubject>
<tailParagraphs><paragraph truncation="{}">One.</paragraph><paragraph>Two.</paragraph>
</tailParagraphs><wordCount>61</wordCount></article></ppsarticle>"""


def row_of(code: str, value: str) -> str:
    return f'<tr><td class="index"><b>{code}</b> </td><td>{value}</td></tr>'
