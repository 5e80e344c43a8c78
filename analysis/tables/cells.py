"""How texts stand in cells that a spreadsheet opens, so that it runs nothing of them."""

import re

# What makes a spreadsheet take a cell for a formula, behind any apostrophes that keep it from it;
# the wide forms count as well.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Undo `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
