"""Names, ids, cells and errors never reach the terminal as anything but text of one line."""

import contextlib
import json
import re
import warnings
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.__main__ import main
from analysis.cli import start
from analysis.errors import ReadingError, ReadingWarning

C0, C1 = [chr(n) for n in range(1, 32)], [chr(n) for n in range(127, 160)]
OTHERS = [
    *map(chr, (0x61C, *range(0x200E, 0x2010), *range(0x2028, 0x202F), *range(0x2066, 0x206A)))
]
OBEYED = [*C0, *C1, *OTHERS]
# Several in a name, so that no bar is shown for so few files.
NAMES = ["".join(OBEYED[n : n + 12]) for n in range(0, len(OBEYED), 12)]
SEQUENCES = ["\x1b[31mred", "\x1b]0;title\x07", "\x9b2J", "a\r\nArticles: 99", "\u202egpj.exe"]


def check(printed: str) -> None:
    lines = printed.split("\n")
    found = {character for line in lines for character in line if character in set(OBEYED)}
    assert not found
    assert not re.search(r"^Articles: 99", printed, re.MULTILINE)


@pytest.mark.usefixtures("undrawn")
def test_a_report_on_hostile_names_prints_only_plain_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n, name in enumerate([*NAMES, *SEQUENCES]):
        (folder / f"{n}{name}.odt").write_bytes(b"x")
    cells = {"text": "A threat.", "id": SEQUENCES[0], "title": SEQUENCES[1], "outlet": SEQUENCES[2]}
    rows = [cells, cells | {"language": SEQUENCES[3], "date": SEQUENCES[4]}]
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (folder / "a\x1b[31m.jsonl").write_text(lines, encoding="utf-8")
    assert main(["report", str(folder), str(tmp_path / "out\x1b[31m")]) == 1
    printed = "".join(capsys.readouterr())
    check(printed)
    assert f"{len(NAMES) + len(SEQUENCES)} files could not be read" in printed
    assert "\\x1b[31m" in printed
    # Told once, in the list.
    assert printed.count("is not among those there are") == 1


@pytest.mark.parametrize("name", [*NAMES, *SEQUENCES])
def test_no_error_of_any_command_obeys_what_was_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    given = str(tmp_path / name)
    (tmp_path / "full" / name).mkdir(parents=True)
    for arguments in (
        ["report", given, str(tmp_path / "out")],
        ["report", str(tmp_path / "out"), "--lexicon", name],
        ["score", given, str(tmp_path / "out")],
        ["lint-lexicon", given],
        ["lint-lexicon", "framing", "--words", given],
        ["convert-lexicon", given, str(tmp_path / "a.csv")],
        ["convert-lexicon", "framing", str(tmp_path / f"a.{name}")],
        ["start", str(tmp_path / "full")],
        ["notebooks", name],
        ["score", "a", "b", "--workers", name],
        ["score", "a", "b", "c", name],
        [name],
        [f"--{name}"],
    ):
        with contextlib.suppress(SystemExit):
            assert main(arguments) == 2
        check("".join(capsys.readouterr()))


def test_a_lexicon_with_control_characters_is_listed_in_plain_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms = "".join(f"{json.dumps(f'a{s}')}, {json.dumps(f'a{s}')}, " for s in SEQUENCES)
    lexicon = tmp_path / "mine.yml"
    named = json.dumps(f"n{SEQUENCES[0]}")
    lexicon.write_text(f'name: mine\nversion: "1"\ncategories:\n  {named}: [{terms}]\n')
    assert main(["lint-lexicon", str(lexicon)]) in (1, 2)
    main(["convert-lexicon", str(lexicon), str(tmp_path / "a.dic")])
    check("".join(capsys.readouterr()))


def test_an_error_of_our_own_is_told_as_such_and_obeys_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> None:
        warnings.warn("odd \x1b[31m", UserWarning, stacklevel=1)
        raise TypeError("wrong \x1b[31m")

    monkeypatch.setattr(start, "bundled_folder", lambda: fail(None))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        assert main(["start", "no_such_folder"]) == 3
    printed = capsys.readouterr()
    check(printed.out + printed.err)
    assert "wrong \\x1b[31m" in printed.err
    assert "odd \\x1b[31m" in printed.err
    assert "error of media-framing, not of your files" in printed.err


@pytest.mark.parametrize("name", [*NAMES, *SEQUENCES])
def test_errors_warnings_and_tables_in_python_hold_no_controls_of_names(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / f"{name}.txt").write_text("A threat.")
    (tmp_path / f"{name}.odt").write_text("x")
    with pytest.warns(ReadingWarning) as caught:
        documents = fa.read_documents(tmp_path)
    check(str(caught[0].message))
    check("".join(documents[["document_id", "path"]].iloc[0]))
    for source in (tmp_path / f"{name}.odt", tmp_path / f"{name}no"):
        with pytest.raises(ReadingError) as fault:
            fa.read_documents(source)
        check(str(fault.value))
    frame = pd.DataFrame({"text": ["A.", "B."], "id": [f"a{name}b"] * 2, "date": [name, "2024"]})
    documents, skipped = fa.read_documents(frame, return_skipped=True)
    check("".join([*documents["document_id"], *skipped["reason"], *skipped["path"]]))
