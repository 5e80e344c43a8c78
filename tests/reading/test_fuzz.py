"""Damaged files of every format are read or listed: no crash, no hang, no file lost.

`make test` tries some dozens for each format, `make test-deep` thousands.
"""

import bz2
import gzip
import json
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pandas as pd
import pytest

import analysis as fa
from analysis.tables.checks import check_table
from tests.reading.damaging import mutated, mutated_inside
from tests.reading.exports import xml_samples
from tests.reading.making import (
    HIDDEN,
    make_eml,
    make_mhtml,
    warc_record,
    write_epub,
    write_odt,
    write_pdf,
    write_word,
)

_N = hypothesis.settings().max_examples // 3
_BATCH = 400
_TEXTS = ["Talks resume at the border", "Envoys “met” on Monday; aid is late.", "The café closed."]


_FACTIVA = (
    *("News", "Talks", "By Ada Quill", "61 words", "14 May 2024", "Daily", "DLY", "English"),
    *("(c) 2024 Daily Ltd", "Envoys met on Monday.", "Daily Ltd", "Document DAILY0020240514ek5e0"),
)
_RTF = (
    b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}}\\f0 {\\v Not seen}%s}"
    % b"\\page ".join(
        [b"".join(b"%s \\'e9\\u8217?\\par\n" % line.encode() for line in _FACTIVA)] * 2
    )
)
_PAGE = (
    "<p>Email 1 of 2</p><a name=DocID_1></a><p>Talks</p><p><strong>Full text: </strong>Envoys met."
    "</p><p><strong>Publication title: </strong>Daily</p><p><strong>ProQuest document ID: </strong>"
)
_MAIL = (
    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n"
    f"Content-Transfer-Encoding: quoted-printable\n\n{_PAGE}=E9\n--b\nContent-Type: text/plain\n"
    f"Content-Disposition: attachment; filename=a.txt\n\n{chr(10).join(_FACTIVA)}\n--b--\n"
).encode()
_XML = (
    b"<PPSResponse><ppsarticleResultSet count='1'><ppsarticle><article><headline><paragraph>Talks"
    b"</paragraph></headline><leadParagraph><paragraph>Envoys met.</paragraph></leadParagraph>"
    b"</article></ppsarticle></ppsarticleResultSet></PPSResponse>"
)
_TEASER = "<li><a href=/a>Another story of today</a><p>Told in a few words.</p></li>"
_WEB_PAGE = f"""<!DOCTYPE html><html lang=en><head><title>Talks | Daily</title>
<meta property="article:published_time" content="2024-05-14T10:00:00Z">
<script type="application/ld+json">{{"@type": ["NewsArticle"], "headline": "Talks",
"articleBody": "<p>{_TEXTS[0]}</p><br>&amp;#39;"}}</script></head>
<body><nav><a href=/>Home</a></nav>
<article class="story post"><h1>Talks</h1><p>{_TEXTS[0]} after a break of two weeks.<br><br>Aid.</p>
<h2>Aid</h2><p>{_TEXTS[1]} It came by the road over the hills.</p><p>Aid.</p>
<figure><table><tr><td>Left</td></tr></table><figcaption>A hill.</figcaption></figure>
<div style="display:none"><p>{_TEXTS[2]}</p></div><ul><li>One</li></ul>
<p>Caf&eacute; &amp;amp; bar</p><div class=paywall>Subscribe to continue reading</div></article>
<aside>{_TEASER * 3}</aside></body>"""
_RUN = "<w:r><w:rPr><w:rStyle w:val='a'/>{}</w:rPr><w:t>{}</w:t></w:r>"
_WORD = f"""<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{_RUN.format("", _TEXTS[0])}</w:p>
<w:p>{_RUN.format("<w:vanish/>", _TEXTS[1])}<w:r><w:fldChar w:fldCharType='begin'/></w:r>
<w:r><w:fldChar w:fldCharType='separate'/></w:r>{_RUN.format("", _TEXTS[2])}
<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p><w:altChunk r:id='c'/><w:sdt><w:sdtPr>
<w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt><w:altChunk r:id='d'/>"""

_PIECES = ["Talks ", {"type": "bold", "text": "resume"}, " at the café."]
_CHATS = {
    "chats": {
        "list": [
            {"name": name, "messages": [{"id": 1, "text": ""}, {"id": 2, "text": _PIECES}]}
            for name in ("Daily", "Weekly")
        ]
    },
    "contacts": {"list": [{"first_name": "Ada", "n": 1e3}]},
}
_POSTS = [
    {
        "id": {"$oid": "5f"},
        "title": {"rendered": "Talks &amp; aid"},
        "content": {"rendered": f"<p>{text}</p><br/><ul><li>One</ul>"},
        "authors": [{"name": "Ada"}],
        "source": {"name": "Daily", "uri": None},
    }
    for text in _TEXTS
]


_ODT = (
    f'<text:h>{_TEXTS[0]}</text:h><text:p text:style-name="H">Hidden.</text:p><text:p>{_TEXTS[1]}'
    "<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note><text:s "
    'text:c="3"/><draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>'
    "</text:p>"
)
_CHAPTER = f"<p>{_TEXTS[1]}<a epub:type='noteref'>1</a></p><aside class='footnotes'>A note.</aside>"
_SRT = "".join(
    f"{n}\n00:00:0{n}.000 --> 00:00:0{n + 1}.000\n<v Ada>- {text}\n\n"
    for n, text in enumerate(_TEXTS)
)


_OTHERS = [kind.encode() for kind in xml_samples.SEEDS]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Sound files by their endings."""
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "a.html").write_text(_WEB_PAGE, encoding="utf-8")
    write_word(folder / "a.docx", _WORD, {"c.html": _WEB_PAGE.encode(), "d.rtf": _RTF})
    write_pdf([_TEXTS, _TEXTS], folder / "a.pdf", heads=True)
    frame = pd.DataFrame({"text": _TEXTS, "outlet": "Daily", "date": "2024-05-14"})
    frame.to_parquet(folder / "a.parquet")
    frame.to_csv(folder / "a.csv", index=False)
    frame.to_csv(folder / "a.tsv", index=False, sep="\t")
    frame.to_json(folder / "a.jsonl", orient="records", lines=True)
    (folder / "a.json").write_text(json.dumps(_CHATS), encoding="utf-8")
    (folder / "a.ndjson").write_text(f"{json.dumps(_POSTS[0])}\n" * 3, encoding="utf-8")
    (folder / "a.js").write_text(f"window.YTD.tweets.part0 = {json.dumps(_POSTS)}")
    frame.to_excel(folder / "a.xlsx", index=False)
    (folder / "a.txt").write_text("\n\n".join(_TEXTS), encoding="utf-8")
    (folder / "a.rtf").write_bytes(_RTF)
    (folder / "a.eml").write_bytes(_MAIL)
    (folder / "a.xml").write_bytes(_XML)
    write_odt(_ODT, folder / "a.odt", HIDDEN)
    write_epub([f"<h1>{_TEXTS[0]}</h1>", _CHAPTER], folder / "a.epub", "<dc:date>2024</dc:date>")
    make_eml([*_TEXTS, "> quoted"], folder / "a.post.eml")
    make_mhtml(_TEXTS, folder / "a.mhtml")
    page = (folder / "a.mhtml").read_bytes()[:50] + _WEB_PAGE.encode()
    crawl = warc_record(page) + warc_record(gzip.compress(page), Content_Encoding="gzip")
    (folder / "a.warc").write_bytes(crawl)
    (folder / "a.warc.gz").write_bytes(gzip.compress(warc_record(page)) * 2)
    (folder / "a.srt").write_bytes(_SRT.encode())
    (folder / "a.vtt").write_text(f"WEBVTT\nLanguage: en\n\n{_SRT}", "utf-8")
    (folder / "a.front.md").write_text(f"---\ntitle: a\ntags: [b, c]\n---\n{_TEXTS[1]}", "utf-8")
    for name, compress in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        (folder / f"a.csv.{name}").write_bytes(compress((folder / "a.csv").read_bytes()))
    for name in ("tar", "tar.gz"):
        with tarfile.open(folder / f"a.{name}", f"w:{name.partition('.')[2]}") as archive:
            archive.add(folder / "a.txt", "a.txt")
            archive.add(folder / "a.csv", f"{'b' * 120}/a.csv")
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "a.txt", "a.txt")
        archive.write(folder / "a.csv", "b/a.csv")
    return {path.name.removeprefix("a"): path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    "ending",
    [
        ".txt",
        ".csv",
        ".tsv",
        ".jsonl",
        ".json",
        ".ndjson",
        ".js",
        ".parquet",
        ".html",
        ".docx",
        ".pdf",
        ".xlsx",
        ".zip",
        ".rtf",
        ".eml",
        ".xml",
        *(".odt", ".epub", ".mhtml", ".post.eml", ".srt", ".vtt", ".front.md"),
        *(".warc", ".warc.gz", ".csv.gz", ".csv.bz2", ".csv.xz", ".tar", ".tar.gz"),
    ],
)
def test_every_damaged_file_is_read_or_listed(
    tmp_path: Path, seeds: dict[str, bytes], ending: str
) -> None:
    sound = [seeds[ending], *(_OTHERS if ending == ".xml" else ())]
    inside: list[Callable[[bytes, random.Random], bytes]] = [mutated]
    if ending in (".docx", ".xlsx", ".zip", ".odt", ".epub"):
        inside.append(mutated_inside)
    for first in range(0, _N, _BATCH):
        folder = tmp_path / f"batch{first}"
        folder.mkdir()
        for n in range(first, min(first + _BATCH, _N)):
            chance = random.Random(f"{ending}{n}")  # noqa: S311 - no secret hangs on it
            damage = inside[n % len(inside)]
            (folder / f"{n:06d}{ending}").write_bytes(damage(sound[n % len(sound)], chance))
        (folder / "good.md").write_text("Good.", encoding="utf-8")
        documents, skipped = fa.read_documents(folder, return_skipped=True)
        check_table(documents, "documents")
        check_table(skipped, "skipped")
        check_table(fa.split_paragraphs(documents, language="en"), "paragraphs")
        seen = {path.split(ending)[0] + ending for path in (*documents["path"], *skipped["path"])}
        lost = [str(path) for path in folder.glob(f"*{ending}") if path.as_posix() not in seen]
        assert not lost
        assert "good" in set(documents["document_id"])
        assert not skipped["reason"].str.contains("error of media-framing|no fault of").any()
        if _N > 100:  # `make test` asserts nothing that a busy machine decides
            assert not skipped["reason"].str.contains(r"takes more than \d+ seconds").any()
