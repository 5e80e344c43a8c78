"""What a reader sees of a table that was laid out: its title, headings, rows and notes."""

from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from great_tables import GT

_PARTS = {
    "gt_title": "title",
    "gt_subtitle": "title",
    "gt_col_heading": "heading",
    "gt_sourcenote": "note",
}


class Printed(NamedTuple):
    """The texts of a table, and which of its columns stand at the left."""

    title: list[str]
    headings: list[str]
    rows: list[list[str]]
    left: list[bool]
    notes: list[str]


def printed_texts(laid_out: "GT") -> Printed:
    """Read from the page of a table what it shows; great_tables tells it in no other public way."""
    reader = _Reader()
    reader.feed(laid_out.as_raw_html())
    reader.close()
    return Printed(
        [text for part, text in reader.texts if part == "title"],
        [text for part, text in reader.texts if part == "heading"],
        reader.rows,
        reader.left,
        [text for part, text in reader.texts if part == "note"],
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[tuple[str, str]] = []
        self.rows: list[list[str]] = []
        self.left: list[bool] = []
        self._in_body = False
        self._open: tuple[str, str] | None = None
        self._pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "tbody":
            self._in_body = True
        elif tag == "tr" and self._in_body:
            self.rows.append([])
        elif tag in ("td", "th"):
            part = next((_PARTS[name] for name in classes if name in _PARTS), "")
            self._open, self._pieces = (tag, "cell" if self._in_body else part), []
            if part == "heading" and not self._in_body:
                self.left.append("gt_left" in classes)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._pieces.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self._in_body = False
        if self._open and tag == self._open[0]:
            part, text = self._open[1], " ".join("".join(self._pieces).split())
            if part == "cell":
                self.rows[-1].append(text)
            elif part:
                self.texts.append((part, text))
            self._open = None
