"""How texts stand in cells that a spreadsheet opens, so that it runs nothing of them."""

import re

# What makes a spreadsheet take a cell for a formula, behind any apostrophes that keep it from it;
# the wide forms count as well. Where a program splits at semicolons or tabs, what stands behind
# one, or behind a line end, begins a cell, and quotation marks before it may be lost.
_SIGN = r"=+\-@＝＋－＠"
_FORMULA = rf"""(?=["']*[{_SIGN}])"""
_BEHIND = r"(?<=[;\t\r\n])"
_OPEN = re.compile(rf"^(?='*[\t\r\n])|^{_FORMULA}|{_BEHIND}{_FORMULA}")
_GUARDED = re.compile(rf"^'(?='*[\t\r\n])|^'{_FORMULA}|{_BEHIND}'{_FORMULA}")


def guarded(text: str) -> str:
    """Put an apostrophe before whatever a spreadsheet would run as a formula."""
    return _OPEN.sub("'", text)


def unguarded(cell: str) -> str:
    """Undo `guarded`."""
    return _GUARDED.sub("", cell)
