# cython: annotation_typing=False, cdivision=True
"""Sentences cut into words, and what kinds of word they are."""

from array import array

from analysis.hits.certainty.words import (
    BREAK,
    COMMA,
    NOTHING,
    REGULAR_PAST,
    ClauseWords,
    next_key,
)

_LONG = array("l").itemsize
_MANY = 500


def cut_words(text: str, begin: int, stop: int, lists: ClauseWords) -> tuple[int, array]:
    """Cut a sentence into words; note each one's kinds and what stands before it."""
    # At worst every other character is a word; only where that is much are they counted first.
    most = (stop - begin) // 2 + 1
    if most > _MANY:
        most = _count_words(text, begin, stop)
    words = array("l", bytes(_LONG * 8 * max(most, 1)))
    at = begin
    gap = NOTHING
    number = 0
    while at < stop:
        if not _is_letter(text[at]):
            gap = max(gap, _gap(text, at, stop))
            at += 1
            continue
        start = at
        key = 0
        while at < stop:
            character = text[at]
            if not _is_letter(character) and not _joins(text, at, stop):
                break
            key = next_key(key, character)
            at += 1
        words[8 * number] = start
        words[8 * number + 1] = at
        kind = _kinds_of(key, lists)
        if _is_past(text, start, at, lists):
            kind |= REGULAR_PAST
        words[8 * number + 2] = kind
        words[8 * number + 3] = gap
        words[8 * number + 5] = -1
        words[8 * number + 6] = -1
        gap = NOTHING
        number += 1
    # Words joined by hyphens and apostrophes were counted one by one: the array is long enough.
    return number, words


def _is_letter(character: str) -> bool:
    """Tell letters and digits from the rest; those of English at a glance."""
    if "a" <= character <= "z" or "A" <= character <= "Z" or "0" <= character <= "9":
        return True
    return character > "\x7f" and character.isalnum()


def _count_words(text: str, begin: int, stop: int) -> int:
    number = 0
    inside = False
    for at in range(begin, stop):
        if _is_letter(text[at]):
            number += not inside
            inside = True
        else:
            inside = False
    return number


def _kinds_of(key: int, lists: ClauseWords) -> int:
    place = key % lists.size
    while lists.keys[place]:
        if lists.keys[place] == key:
            return lists.kinds[place]
        place = (place + 1) % lists.size
    return 0


def _is_past(text: str, start: int, end: int, lists: ClauseWords) -> bool:
    """Tell whether a word ends as a regular past tense does, with two letters or more before."""
    for ending in lists.past_endings:
        at = len(ending)
        if end - start < at + 2:
            continue
        while at > 0 and text[end - len(ending) + at - 1] == ending[at - 1]:
            at -= 1
        if at == 0:
            return True
    return False


def _joins(text: str, at: int, stop: int) -> bool:
    """Tell whether a mark stands within a word or a number."""
    if text[at] not in "'\u2019-.," or at + 1 >= stop:
        return False
    following = text[at + 1]
    return following.isdigit() if text[at] == "," else _is_letter(following)


def _gap(text: str, at: int, stop: int) -> int:
    character = text[at]
    if character == ",":
        return COMMA
    if character in ";:\u2014()[]":
        return BREAK
    if character in "-\u2013" and at + 1 < stop and text[at + 1].isspace():
        return BREAK
    # A quotation mark beside a comma or a stop sets speech off; others only pick out words.
    if character in '"\u201c\u201d\u201e\u00ab\u00bb' and at > 0:
        beside = text[at - 1]
        if beside.isspace() and at > 1:
            beside = text[at - 2]
        if beside in ",.!?\u2026":
            return BREAK
    return NOTHING
