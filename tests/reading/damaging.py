"""Files and texts damaged in many ways, the same ones each time."""

import io
import random
import zipfile

_MARKS = [
    *(b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b"\n", b"\r", b",", b"\t", b"{"),
    *(b"}", b"<", b">", b"&#0;", b"&e;", b"<![CDATA[", b"<!DOCTYPE a [", b"PK\x03\x04", b"%PDF"),
    *(b"99999999999", b"-1", b"\\ud800", b"NaN", b"\xed\xa0\x80", b" obj", b"stream", b"/Kids"),
]


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        place = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 4, 64, 1_000))
        match chance.randrange(6):
            case 0 if place < len(changed):
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                changed[place:place] = chance.choice(_MARKS)
            case 2:
                del changed[place : place + length]
            case 3:
                changed[place:place] = changed[place : place + length] * chance.choice((1, 2, 50))
            case 4:
                changed[place : place + length] = chance.randbytes(min(length, 64))
            case _:
                del changed[place:]
    return bytes(changed)


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """Damage one part of an archive and pack it again, so that its reader gets to see it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [
        name
        for name in parts
        if name.endswith((".xml", ".xhtml", ".opf", ".txt", ".csv", ".html", ".rels"))
    ]
    likely = [name for name in names if any(one in name for one in ("document", "sheet", "c.html"))]
    name = chance.choice(likely if likely and chance.random() < 0.7 else names)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for own, part in parts.items():
            archive.writestr(own, mutated(part, chance) if own == name else part)
    return packed.getvalue()
