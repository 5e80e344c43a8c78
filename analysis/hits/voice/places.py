# cython: annotation_typing=False
"""In whose voice places of a paragraph are: the narrator's, a quotation's, a source's."""

from collections.abc import Sequence

from analysis.hits.voice.quotes import Quote
from analysis.hits.voice.spans import Attribution
from analysis.text.turns import Turn

NARRATOR, QUOTE, PARAPHRASE = 0, 1, 2
# The attribution of a place in somebody's turn.
TURN = -2


def voices_at(
    starts: Sequence[int],
    quotes: Sequence[Quote],
    found: Sequence[Attribution],
    turn: Turn | None = None,
) -> list[tuple[int, int]]:
    """Tell for places of a paragraph in whose voice they are, and by which attribution."""
    if not quotes and not found and turn is None:
        return [(NARRATOR, -1)] * len(starts)
    # Attributions without a source, and mere attitudes, change no voice.
    heard = [
        (one.content_start, n)
        for n, one in enumerate(found)
        if one.quoted or (one.source_start >= 0 and not one.weak)
    ]
    order = [n for _, n in sorted(heard)]
    known: dict[int, tuple[int, int]] = {}
    around: list[int] = []
    opened = quoted = 0
    for start in sorted(set(starts)):
        while opened < len(order) and found[order[opened]].content_start <= start:
            around.append(order[opened])
            opened += 1
        _leave(around, found, start)
        while quoted < len(quotes) and quotes[quoted].end <= start:
            quoted += 1
        number = around[-1] if around else -1
        if number >= 0 and _of_the_narrator(start, found[number]):
            around.pop()
            _leave(around, found, start)
            top, number = number, around[-1] if around else -1
            around.append(top)
        inside = quoted < len(quotes) and quotes[quoted].start <= start
        if turn is not None and start >= turn.begin:
            known[start] = (QUOTE, number if number >= 0 else TURN)
        elif inside and not quotes[quoted].scare:
            known[start] = (QUOTE, number)
        elif number >= 0:
            # Single words in marks are quoted where somebody is said to say them.
            marked = inside and not quotes[quoted].work
            known[start] = (QUOTE if marked else PARAPHRASE, number)
        else:
            known[start] = (NARRATOR, -1)
    return [known[start] for start in starts]


def _leave(around: list[int], found: Sequence[Attribution], start: int) -> None:
    """Drop from the top what ends before a place; what lies below is looked at when it is there."""
    while around:
        one = found[around[-1]]
        if one.content_end > start:
            break
        around.pop()


def _of_the_narrator(start: int, one: Attribution) -> bool:
    return one.cue_start <= start < one.cue_end or one.source_start <= start < one.source_end
