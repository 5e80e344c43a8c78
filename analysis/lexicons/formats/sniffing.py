"""Which program a dictionary comes from, by its content; and its reading into our own form."""

import codecs
import re
from collections.abc import Callable

from analysis.errors import LexiconError
from analysis.lexicons.formats.liwc import read_dic, read_dicx
from analysis.lexicons.formats.outlines import read_lexicoder, read_vbpro, read_wordstat
from analysis.lexicons.formats.quanteda import is_quanteda, read_quanteda
from analysis.lexicons.formats.spreadsheet import read_csv
from analysis.lexicons.formats.tree import Tree
from analysis.lexicons.formats.yoshikoder import read_yoshikoder
from analysis.lexicons.model import Loss
from analysis.lexicons.strict_yaml import Node, parse_yaml

_READERS: dict[str, Callable[[str, Tree], None]] = {
    "liwc": read_dic,
    "dicx": read_dicx,
    "lexicoder": read_lexicoder,
    "vbpro": read_vbpro,
    "wordstat": read_wordstat,
    "yoshikoder": read_yoshikoder,
}
_WEIGHT = re.compile(r"^\t.*\([-+]?\d+(?:[.,]\d+)?\)\s*$", re.MULTILINE)
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def sniff(text: str) -> str:
    """Tell the format of a dictionary by its first lines.

    Parameters
    ----------
    text : str
        The file.

    Returns
    -------
    str
        ``liwc``, ``dicx``, ``lexicoder``, ``vbpro``, ``wordstat``, ``yoshikoder``, ``csv`` (ours)
        or ``yaml`` (ours, or quanteda's).

    Examples
    --------
    >>> from analysis.lexicons.formats.sniffing import sniff
    >>> sniff("%\\n1\\tthreat\\n%\\nmenac*\\t1\\n"), sniff("threat: [menac*]")
    ('liwc', 'yaml')
    """
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    cells = {cell.strip().strip('"').lower() for cell in first.split(",")}
    if first.startswith("<"):
        return "yoshikoder"
    if first == "%":
        return "liwc"
    if "dicterm" in cells:
        return "dicx"
    if {"category", "term"} <= cells:
        return "csv"
    if first.startswith(">>") and first.endswith("<<"):
        return "vbpro"
    if first.startswith("+"):
        return "lexicoder"
    # A tab begins no line of YAML, and a weight in brackets ends none that follows one.
    return "wordstat" if _WEIGHT.search(text) else "yaml"


def read_dictionary(data: bytes, origin: str) -> tuple[Node, list[Loss]]:
    """Read a lexicon of ours, or the dictionary of another program.

    Parameters
    ----------
    data : bytes
        The file.
    origin : str
        File name for messages.

    Returns
    -------
    (Node, list of Loss)
        The lexicon in the form of our own files, and what of the file it does not hold.

    Raises
    ------
    LexiconError
        If the file is broken; the message names the line where it can.

    Examples
    --------
    >>> from analysis.lexicons.formats.sniffing import read_dictionary
    >>> root, losses = read_dictionary(b">>threat<<\\nmenac*\\n", "demo.vbpro")
    >>> list(root.value["categories"].value), losses
    (['threat'], [])
    """
    text, losses = _decode(data, origin)
    kind = sniff(text)
    if kind == "csv":
        return read_csv(text, origin), losses
    tree = Tree(origin, losses=losses)
    if kind != "yaml":
        _READERS[kind](text, tree)
    else:
        root = parse_yaml(text, origin)
        if not is_quanteda(root):
            return root, losses
        read_quanteda(root, tree)
    return tree.root(), tree.losses


def _decode(data: bytes, origin: str) -> tuple[str, list[Loss]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as fault:
        text = data.decode("cp1252", "replace")
        # Our own files are UTF-8; those of other programs are often as old as these.
        if sniff(text) in ("yaml", "csv"):
            raise LexiconError(
                f"{origin} is not UTF-8 (byte {fault.start}); save it as UTF-8"
            ) from None
        return text, [Loss("encoding", "it is no UTF-8 and was read as Windows-1252")]
