"""Dictionaries damaged at random, which load or are refused in one sentence."""

import random
import warnings
from collections.abc import Iterator
from pathlib import Path

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning

SEEDS = {
    "liwc.dic": (
        b"%\n01\tborder\n2\taid work\n%\n\nfrontier*\t1\nrelief  02   1\nkind\t<of>1/2\n"
        b"like\t(02 1)1/2\t(1 2)2\nnew york\t1\n:)\t2\nedge 1 2\n"
    ),
    "table.dicx": b'DicTerm,border,"aid, work"\nfrontier*,X,\n"relief ""work""",0.5,x\n',
    "nested.yml": b"AFRICA:\n  EAST:\n    'KE': [Kenya*, \"Nairobi\"]\n  __: [Africa]\n",
    "ours.yml": (
        b"name: mine\nversion: 1.0.0\ncategories:\n  border:\n    exclude: [border collie]\n"
        b"    subcategories:\n      line: [edge, {term: US, case: sensitive, weight: 0.5}]\n"
    ),
    "three.lc3": b"+border\nfrontier*\nno man's land\n+aid\nrelief\n",
    "yoshi.ykd": (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<dictionary style="1" patternengine="substring">'
        b'\n<cnode name="all" desc="d">\n<cnode name="border"><pnode name="frontier*"/>'
        b'<cnode name="line"><pnode name="edge &amp; rim"/></cnode></cnode>\n</cnode>'
        b"\n</dictionary>"
    ),
    "vb.txt": b">>border<<\nfrontier\nedge\n>>aid<<\nrelief\n",
    "word.cat": (
        b"BORDER\n\tLINE\n\t\tEDGE (1)\n\t\tFRONT_LINE (0.5)\n\t@RULE [EDGE NEAR FRONT /S 5] (1)\n"
        b"AID\n\tRELIEF (1)\n"
    ),
    "entries.csv": (
        b"row,category,subcategory,term,weight,case_sensitive,kind,unless,before,after,text\n"
        b'name,,,,,,,,,,mine\nentry,border,line,edge,1.0,false,event,"a; b",the,,\n'
        b"exclusion,border,,border collie,,,,,,,\n"
    ),
}
MARKS = (
    *(b"%", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"<", b">", b"&", b'"', b"'", b"(", b")", b"*"),
    *(b"?", b"+", b">>", b"<<", b"@", b":", b"- ", b"[", b"]", b"{", b"}", b",", b";", b"#", b"|"),
    *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xe9", b"\x81", b"\xc3\xa9", b"\xe2\x80\xa8"),
    *(b"<!DOCTYPE d>", b"<!ENTITY e 'x'>", b"&e;", b"<![CDATA[", b"<cnode>", b"</cnode>", b"__: "),
    *(b"99999999999999999999", b"nan", b"-1e999", b" (1)", b"(02 1)", b"DicTerm,", b"categories:"),
)


def damaged(seed: bytes, chance: random.Random) -> bytes:
    """Flip, cut, double, move and insert: one to four faults in a file."""
    content = bytearray(seed)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(content))
        to = min(len(content), at + chance.randint(1, 40))
        fault = chance.randrange(6)
        if fault == 0 and at < len(content):
            content[at] ^= 1 << chance.randrange(8)
        elif fault == 1:
            del content[at:]
        elif fault == 2:
            content[at:at] = content[at:to] * chance.choice((1, 2, 50))
        elif fault == 3:
            del content[at:to]
        elif fault == 4:
            content[at:at] = chance.choice(MARKS)
        else:
            piece = bytes(content[at:to])
            del content[at:to]
            place = chance.randint(0, len(content))
            content[place:place] = piece
    return bytes(content)


def damaged_dictionaries(number: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield file names and damaged contents, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - damage to be repeated
    names = list(SEEDS)
    for count in range(number):
        name = names[count % len(names)]
        yield name, damaged(SEEDS[name], chance)


def load_damaged(folder: Path, name: str, content: bytes) -> bool:
    """Load a damaged file and search with it; tell whether it was taken.

    Anything but a lexicon, or a refusal in one line that names the file, is raised.
    """
    path = folder / name
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LexiconWarning)
        try:
            lexicon = fa.load_lexicon(path)
        except LexiconError as error:
            message = str(error)
            assert name in message, message
            assert len(message.splitlines()) == 1, message
            return False
    assert lexicon.categories
    assert all(category.entries for category in lexicon.categories)
    assert lexicon.losses is not None
    assert lexicon.content_hash
    return True
