"""A folder of all kinds of files that researchers hold is read to its end, and nothing is lost."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.__main__ import main
from tests.reading.making import (
    make_docx,
    make_eml,
    make_epub,
    make_html,
    make_mhtml,
    make_odt,
    make_pdf,
    make_rtf,
    warc_record,
)

TEXTS = ["Talks resume at the border", "The army crossed the river at dawn. " * 12, "Aid is late."]
MAKERS = {
    "docx": make_docx,
    "eml": make_eml,
    "epub": make_epub,
    "html": make_html,
    "mhtml": make_mhtml,
    "odt": make_odt,
    "pdf": make_pdf,
    "rtf": make_rtf,
}
CUES = "00:00:0{0}.000 --> 00:00:0{1}.000\n{2}\n\n"


def write_folder(folder: Path) -> None:
    folder.mkdir()
    text = "\n\n".join(TEXTS)
    for ending, make in MAKERS.items():
        make(TEXTS, folder / f"own_{ending}.{ending}")
    make_rtf(TEXTS, folder / "rtf_as_txt.txt")
    page = (folder / "own_html.html").read_bytes()
    (folder / "own_txt.txt").write_text(text)
    (folder / "own_md.md").write_text(f"---\ntitle: Talks\ndate: 2024-05-14\n---\n\n{text}")
    cues = "".join(CUES.format(n, n + 1, text) for n, text in enumerate(TEXTS))
    (folder / "own_srt.srt").write_text(cues)
    (folder / "own_vtt.vtt").write_text(f"WEBVTT\n\n{cues}")
    (folder / "crawl.warc.gz").write_bytes(gzip.compress(warc_record(page)) * 2)
    table = pd.DataFrame({"text": [text, text], "outlet": "Daily"})
    table.to_csv(folder / "table_csv.csv", index=False)
    table.to_excel(folder / "table_xlsx.xlsx", index=False)
    table.to_json(folder / "table_jsonl.jsonl", orient="records", lines=True)
    (folder / "table_gz.csv.gz").write_bytes(gzip.compress(b"text\nA.\nB.\n"))
    with zipfile.ZipFile(folder / "packed_zip.zip", "w") as archive:
        archive.writestr("inner.txt", text)
    with tarfile.open(folder / "packed_tar.tar.gz", "w:gz") as packed:
        entry = tarfile.TarInfo("inner.html")
        entry.size = len(page)
        packed.addfile(entry, io.BytesIO(page))
    for name in ("old.doc", "list.ris", "talks.pages", "photo.jpg", "~$talks.docx", "Thumbs.db"):
        (folder / name).write_bytes(b"\0x")


@pytest.mark.usefixtures("undrawn")
def test_a_report_on_a_mixed_folder_has_every_article_and_tells_of_every_other_file(
    tmp_path: Path,
) -> None:
    write_folder(tmp_path / "articles")
    assert main(["report", str(tmp_path / "articles"), str(tmp_path / "out")]) == 1
    tables = tmp_path / "out" / "tables"
    documents = pd.read_csv(tables / "documents.csv")
    expected = {f"own_{ending}" for ending in (*MAKERS, "md", "srt", "txt", "vtt")}
    expected |= {"packed_tar/inner", "packed_zip/inner", "rtf_as_txt", "crawl_001", "crawl_002"}
    expected |= {f"table_{kind}#{n}" for kind in ("csv", "gz", "jsonl", "xlsx") for n in (1, 2)}
    assert set(documents["document_id"]) == expected
    skipped = pd.read_csv(tables / "skipped.csv")
    reasons = skipped.groupby(skipped["path"].str.rpartition("/")[2])["reason"].agg(" ".join)
    told = {
        "old.doc": "save it as .docx",
        "list.ris": "without their full text",
        "talks.pages": "export it as Word",
        "photo.jpg": "OCR",
        "~$talks.docx": "of a document that is open",
        "Thumbs.db": "a file of the system",
        "rtf_as_txt.txt": "read as .rtf",
        "own_docx.docx": "1 headers and footers",
        "own_pdf.pdf": "running heads",
    }
    assert set(told) == set(reasons.index)
    for name, reason in told.items():
        assert reason in reasons[name]
