"""The first line is the title where it is set off as one."""

from pathlib import Path

import pytest

import analysis as fa

BODY = "The two sides met on Monday."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Talks resume\n\n{BODY}", "Talks resume"),
        (f"\n  Talks resume \r\n \r\n{BODY}", "Talks resume"),
        (f"\rTalks resume\r\r{BODY}", "Talks resume"),
        (f"Are talks doomed?\n\n{BODY}", "Are talks doomed?"),
        (
            f"Envoys Slam ‘Peace For Nothing.’\n\n{BODY}",
            "Envoys Slam ‘Peace For Nothing.’",
        ),
        (f"Mayor Calls On Minister To Resign.\n\n{BODY}", "Mayor Calls On Minister To Resign."),
        (f"{BODY}\n\nThey will meet again.", None),
        (f"He said: “{BODY}”\n\nThey will meet again.", None),
        (f"Talks resume\n{BODY}", "Talks resume"),
        ("Talks resume\n\n  \n", None),
        ("Talks resume", None),
        (f"{'x' * 200}\n\n{BODY}", "x" * 200),
        (f"{'x' * 201}\n\n{BODY}", None),
        (f"Переговоры возобновились\n\n{BODY}", "Переговоры возобновились"),
        ("", None),
    ],
)
def test_the_first_line_is_the_title_if_it_is_set_off(text: str, title: str | None) -> None:
    documents = fa.documents_from_texts([text])
    assert documents["title"].dropna().tolist() == ([title] if title else [])
    assert documents["text"].tolist() == [text]


def test_many_blank_lines_do_not_take_more_than_linear_time() -> None:
    documents = fa.documents_from_texts([" \n" * 200_000 + "x", "a\n" + " " * 400_000])
    assert documents["title"].isna().all()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# Talks resume #\n{BODY}\n", "Talks resume"),
        (f"\n## Talks *resume*\n\n{BODY}\n", "Talks *resume*"),
        (f"Talks resume\n\n{BODY}\n", "Talks resume"),
        (f"#talks\n{BODY}\n", "#talks"),
    ],
)
def test_a_markdown_heading_is_the_title_without_its_marks(
    tmp_path: Path, text: str, title: str | None
) -> None:
    (tmp_path / "a.md").write_text(text)
    documents = fa.read_documents(tmp_path)
    assert documents["title"].dropna().tolist() == ([title] if title else [])
    assert documents["text"].tolist() == [text]
