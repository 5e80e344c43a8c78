"""Hostile files break a stated limit, are listed, and harm nothing beside them."""

import io
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

import analysis as fa
from analysis.reading.records import UnreadableError
from analysis.reading.sandbox import Sandbox
from tests.reading.making import change_docx, make_docx, make_html

LONG = "The army crossed the river at dawn and the talks were broken off, officials said. " * 4
MEGABYTES = 300

MEASURE = """
import resource, sys, warnings
import analysis as fa
documents, skipped = fa.read_documents(sys.argv[1], return_skipped=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(len(documents), peak // 1_000, " | ".join(skipped["reason"]))
"""


def read_beside_a_good_file(folder: Path) -> tuple[int, str]:
    """Read a folder in a new process: the peak of its parsers in MB, and what was skipped."""
    make_html(["Talks resume", LONG], folder / "good.html")
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(fa.__file__).parents[1])},
    )
    count, peak, reasons = run.stdout.strip().split(" ", 2)
    assert count == "1"
    return int(peak), reasons


def pdf_with_stream(data: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(data) + data + b"\nendstream",
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj" % number + body + b"endobj\n")
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n")
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def deflated(megabytes: int, unit: bytes) -> bytes:
    """Compress a block twice and repeat the second: after a full flush all are alike."""
    packer = zlib.compressobj(9)
    block = unit * (1_000_000 // len(unit))
    first, next_one = (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    checksum = 1
    for _ in range(megabytes):
        checksum = zlib.adler32(block, checksum)
    empty = b"\x03\x00"
    return first + next_one * (megabytes - 1) + empty + checksum.to_bytes(4, "big")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by the system")
def test_a_word_file_that_unpacks_to_hundreds_of_megabytes_is_refused(tmp_path: Path) -> None:
    """I27."""
    make_docx(["Title", "BOMB"], tmp_path / "bomb.docx")
    change_docx(tmp_path / "bomb.docx", "BOMB", "threat " * 43_000_000)
    assert (tmp_path / "bomb.docx").stat().st_size < 1_000_000
    peak, reasons = read_beside_a_good_file(tmp_path)
    assert "looks like an attack" in reasons
    assert peak < MEGABYTES


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by the system")
def test_a_word_file_of_millions_of_elements_is_refused_within_the_limit(tmp_path: Path) -> None:
    make_docx(["Title", "BOMB"], tmp_path / "bomb.docx")
    bomb = "".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(1_100_000))
    change_docx(tmp_path / "bomb.docx", "<w:p><w:r><w:t>BOMB</w:t></w:r></w:p>", bomb)
    peak, reasons = read_beside_a_good_file(tmp_path)
    assert "memory" in reasons
    assert peak < MEGABYTES


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by the system")
@pytest.mark.parametrize("unit", [b" ", b"q Q ", b"(a) Tj "])
def test_a_pdf_stream_of_500_megabytes_is_refused(tmp_path: Path, unit: bytes) -> None:
    """I30."""
    data = pdf_with_stream(deflated(500, unit))
    (tmp_path / "bomb.pdf").write_bytes(data)
    peak, reasons = read_beside_a_good_file(tmp_path)
    assert "bomb.pdf" in reasons or "memory" in reasons or "no text layer" in reasons
    assert peak < MEGABYTES


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pdf_that_names_a_map_outside_opens_nothing(tmp_path: Path) -> None:
    """I34."""
    # Whoever opened a pipe that nobody writes to would wait for ever.
    os.mkfifo(tmp_path / "evil")
    resources = b"<</Font<</F1<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/%s>>>>>>"
    font = b"/Resources" + resources % f"{tmp_path}/evil".replace("/", "#2F").encode()
    data = pdf_with_stream(zlib.compress(b"BT /F1 12 Tf (threat) Tj ET"))
    (tmp_path / "a.pdf").write_bytes(data.replace(b"/MediaBox", font + b"/MediaBox"))
    with Sandbox(seconds=20) as sandbox:
        outcome = "read"
        try:
            sandbox.parse(".pdf", str(tmp_path / "a.pdf"))
        except UnreadableError as fault:
            outcome = str(fault)
    assert "seconds" not in outcome


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_read(tmp_path: Path) -> None:
    make_html(["Talks resume", LONG], tmp_path / "a.html")
    with Sandbox(seconds=0.001) as sandbox:
        with pytest.raises(UnreadableError, match=r"more than 0\.001 seconds"):
            sandbox.parse(".html", str(tmp_path / "a.html"))
        sandbox.seconds = 30.0
        assert len(sandbox.parse(".html", str(tmp_path / "a.html"))["paragraphs"]) == 2


def test_a_parser_that_dies_takes_no_other_file_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import builtins, os\n_open = builtins.open\n"
        "def deadly(path, *rest, **named):\n"
        "    if str(path).endswith('deadly.html'): os.abort()\n"
        "    return _open(path, *rest, **named)\n"
        "builtins.open = deadly\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "deadly", "z"):
        make_html(["Talks resume", LONG], folder / f"{name}.html")
    documents, skipped = fa.read_documents(folder, return_skipped=True)
    assert documents["document_id"].tolist() == ["a", "z"]
    [reason] = skipped["reason"]
    assert "breaks the parser" in reason


@pytest.mark.parametrize(
    ("ending", "package", "extra"),
    [
        ("docx", "docx", "word"),
        ("html", "lxml", "html"),
        ("html", "trafilatura", "html"),
        ("html", "webencodings", "html"),
        ("pdf", "pypdfium2", "pdf"),
        ("pdf", "spellchecker", "pdf"),
        ("xlsx", "openpyxl", "excel"),
    ],
)
def test_a_missing_package_is_named_with_the_extra_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, package: str, extra: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules['{package}'] = None\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"not even looked into")
    said = rf"package '{package}'; install it with pip install \"media-framing\[{extra}\]\""
    with pytest.raises(ValueError, match=said):
        fa.read_documents(path)


def test_what_a_library_prints_does_not_stand_between_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import atexit\nprint('noise')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    make_html(["Talks resume", LONG], tmp_path / "a.html")
    assert len(fa.read_documents(tmp_path / "a.html")) == 1


def test_a_workbook_that_unpacks_to_hundreds_of_megabytes_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED, True, 1) as archive:
        archive.writestr("xl/workbook.xml", " " * 300_000_000)
    with pytest.raises(ValueError, match="looks like an attack"):
        fa.read_documents(tmp_path / "a.xlsx")
