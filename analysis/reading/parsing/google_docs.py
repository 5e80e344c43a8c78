"""A document of Google Docs that was saved as a web page → all its text, as in a Word file."""

from collections import Counter
from typing import Any

from analysis.reading.parsing.blocks import blocks_of, has_class, of_class

_CLASS, _TITLE = "doc-content", "title"
_MARKS = ("themes.googleusercontent.com/fonts", ".lst-kix_")
# Links to notes, and back from them, have ids that begin so.
_NOTES = {"ftnt": "footnotes", "cmnt": "comments"}
_REFERENCE = "_ref"


def read_google_document(tree: Any) -> dict[str, Any] | None:
    """Return the text of a document, None where the page is none."""
    body = next(iter(of_class(tree, _CLASS)), None)
    if body is None:
        style = "".join(one.text or "" for one in tree.iter("style"))
        body = tree.find("body") if all(mark in style for mark in _MARKS) else None
    if body is None:
        return None
    left_out: Counter[str] = Counter()
    for link in list(body.iter("a")):
        kind = _NOTES.get((link.get("id") or "")[:4])
        if kind and _REFERENCE in link.get("id"):
            left_out[kind] += 1
            mark = link.getparent()
            (mark if mark.tag == "sup" else link).drop_tree()
    # Its paragraphs stand side by side; what stands beside them is in boxes.
    if any(one.text_content().strip() for one in body.iterchildren("p")):
        for box in list(body.iterchildren("div")):
            is_note = any((link.get("id") or "")[:4] in _NOTES for link in box.iter("a"))
            if not is_note and box.text_content().strip():
                left_out["headers and footers"] += 1
            box.drop_tree()
    paragraphs = blocks_of(body)
    titles = (blocks_of(one) for one in body.iter("p") if has_class(one, _TITLE))
    title = next(filter(None, titles), None)
    named = ", ".join(f"{n:,} {name}" for name, n in left_out.items())
    return {
        "paragraphs": paragraphs,
        "fields": {"title": title[0]} if title else {},
        "notes": [f"left out: {named}"] if named else [],
    }
