"""An error of ours, or of a library in another version, is never blamed on the user's file."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.reading import files, tabular
from tests.reading.making import make_docx, make_html, write_pdf

TEXTS = ["Talks resume at the border", "Envoys met on Monday; aid is late.", "The cafe closed."]
LIBRARIES = {
    ".html": ("trafilatura", "trafilatura", "bare_extraction"),
    ".docx": ("docx", "python-docx", "Document"),
    ".pdf": ("pypdfium2", "pypdfium2", "PdfDocument"),
    ".rtf": ("striprtf", "striprtf", "rtf_to_text"),
    ".xlsx": ("openpyxl", "openpyxl", "load_workbook"),
}
# What else our parsers import of the libraries.
_STUBS = """
import sys, types
for name in ("docx.opc", "docx.opc.exceptions", "openpyxl.utils", "openpyxl.utils.exceptions"):
    if name.startswith(__name__ + "."):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].PackageNotFoundError = sys.modules[name].InvalidFileException = OSError
class PdfiumError(Exception): pass
"""
FAULTS = {
    "import": "raise ImportError('cannot import name own from lxml')",
    "attribute": "",
    "keyword": "def {function}(): pass",
    "inside": "def {function}(*given, **named): return {{}}['max_date']",
    "type": "def {function}(*given, **named): return None + 1",
    "value": "def {function}(*given, **named): raise ArithmeticError('odd')",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file in each format that a library parses, and one that needs none."""
    folder = tmp_path / "articles"
    folder.mkdir()
    make_html(TEXTS, folder / "a.html")
    make_docx(TEXTS, folder / "a.docx")
    write_pdf([TEXTS], folder / "a.pdf")
    (folder / "a.rtf").write_text("{\\rtf1 " + "\\par ".join(TEXTS) + "}")
    pd.DataFrame({"text": TEXTS}).to_excel(folder / "a.xlsx", index=False)
    (folder / "good.txt").write_text("Good.")
    return folder


@pytest.mark.parametrize("fault", FAULTS)
def test_a_library_of_another_version_is_named_and_no_file_is_called_damaged(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    for module, _, function in LIBRARIES.values():
        (tmp_path / "libraries" / module).mkdir(parents=True)
        code = _STUBS + FAULTS[fault].format(function=function)
        (tmp_path / "libraries" / module / "__init__.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "libraries"))
    documents, skipped = fa.read_documents(folder, return_skipped=True)
    assert documents["document_id"].tolist() == ["good"]
    told = dict(
        zip(skipped["path"].map(lambda path: Path(path).suffix), skipped["reason"], strict=True)
    )
    for ending, (_, library, _) in LIBRARIES.items():
        assert library in told[ending]
        assert "no fault of the file" in told[ending]
        assert "pip install --upgrade" in told[ending]
        assert "damaged" not in told[ending]


def test_an_error_in_a_line_of_ours_is_told_as_ours(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "b.html").write_bytes(b"<meta charset=latin1><p>caf\xe9 " + b"word " * 99)
    (tmp_path / "sitecustomize.py").write_text(
        "from analysis.reading.parsing import page_source\npage_source.webencodings = None\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    documents, skipped = fa.read_documents(folder, return_skipped=True)
    assert "b" not in set(documents["document_id"])
    (reason,) = skipped.loc[skipped["path"].str.endswith("b.html"), "reason"]
    assert "this is an error of media-framing, not of the file" in reason
    assert "AttributeError" in reason
    assert "page_source.py" in reason
    assert "damaged" not in reason


def test_a_process_that_cannot_begin_is_no_fault_of_the_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise TypeError('another json')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("analysis.reading.sandbox.PACKAGE", tmp_path / "nowhere" / "analysis")
    _, skipped = fa.read_documents(folder, return_skipped=True)
    assert skipped["reason"].str.contains("an error of media-framing, not of the file").all()
    assert len(skipped) == len(LIBRARIES)


@pytest.mark.parametrize(
    "kind", [TypeError, AttributeError, ImportError, RecursionError, IndexError]
)
def test_an_error_of_ours_in_one_file_leaves_the_others_and_is_told_as_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    pd.DataFrame({"text": TEXTS}).to_parquet(tmp_path / "a.parquet")
    for name in ("b.txt", "c.txt"):
        (tmp_path / name).write_text("Good.")

    def fail(*_: object, **__: object) -> None:
        raise kind("got an unexpected keyword argument")

    in_order = files.read_text
    monkeypatch.setattr(tabular.pq, "read_table", fail)
    monkeypatch.setattr(
        files, "read_text", lambda path, given: (fail if "b.txt" in path else in_order)(path, given)
    )
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["c"]
    assert skipped["what"].tolist() == ["file", "file"]
    assert skipped["reason"].str.contains("an error of media-framing, not of the file").all()
    assert skipped["reason"].str.contains(kind.__name__).all()
