"""What stands above and between the paragraphs of an article: headline, byline, headings."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from analysis.languages.language import Language, any_of

_LONGEST_HEADLINE = 200  # characters
_MOST_HEADING_WORDS = 12
_LONGEST_BYLINE = 250  # characters
_MOST_BYLINE_WORDS = 25
_BYLINE_WITHIN = 3  # paragraphs from the top
_FEWEST_SHARED_LETTERS = 15

_MARKDOWN = re.compile(r"#{1,6}[ \t]+(\S.*?)(?:[ \t]+#+)?")
_BULLET = re.compile(r"[-*+\u2022\u2023\u25cf\u00b7\u2013\u2014]\s")
_LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x85\u2028]")
_CLOSING = "\"'\u2019\u201d\u00bb)]*_"
_STOPS = (".", "!", "?", "\u2026")
_SENTENCE_STOPS = ".\u2026\u3002\u0964\u06d4"
_HEADING_STOPS = '.!?\u2026:;,"\u201d\u00bb\u3002\uff01\uff1f\u0964\u061f\u06d4'
_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")
_AFTER_NAME = re.compile(r"\s*[,;|(\u2022\u00b7\n]\s*|\s+[-/\u2013\u2014]\s+")
_DATELINE = re.compile(r"[^()\n]{0,60}(\([^()\n]{2,40}\))?\s*[-\u2010-\u2015_]{1,2}")


class Headlines:
    """The rules of one language: what is a headline, a byline or a heading."""

    def __init__(self, language: Language) -> None:
        words, dates = language.words["headlines"], language.words["dates"]
        self._small_words, self._particles = words["small_words"], words["name_particles"]
        self._roles, self._months = words["byline_roles"], frozenset(dates["months"])
        self._date_words = self._months | dates["weekdays"] | dates["beside"]
        self._number = re.compile(rf"\d+{any_of(dates['day_endings'] | dates['hour_endings'])}?")
        self._by = re.compile(
            rf"(?:{any_of(words['before_by'])}\s+)?{any_of(words['by'])}:?\s+(.+)",
            re.IGNORECASE | re.DOTALL,
        )

    def roles(self, paragraphs: Sequence[str], *, title: object, apart: bool) -> list[str]:
        """Tell the role of each paragraph of one document."""
        roles: list[str] = []
        for number, (paragraph, following) in enumerate(pairwise([*paragraphs, ""])):
            if number == 0 and (
                self.set_off(paragraphs, apart=apart) is not None
                or (isinstance(title, str) and _repeats(paragraph, title))
            ):
                roles.append("headline")
            elif number < _BYLINE_WITHIN and self._is_byline(paragraph):
                roles.append("byline")
            elif number > 0 and _is_heading(paragraph, following):
                roles.append("heading")
            else:
                roles.append("body" if "lead" in roles else "lead")
        return roles

    def set_off(self, paragraphs: Sequence[str], *, apart: bool) -> str | None:
        """Return the first paragraph if it is set off as a headline."""
        if not paragraphs or not _is_short_line(paragraphs[0]):
            return None
        first = paragraphs[0]
        if marked := _MARKDOWN.fullmatch(first):
            return marked.group(1)
        if (
            len(paragraphs) < 2
            or _BULLET.match(first)
            or first.endswith(",")
            or self._is_plain_sentence(first)
            or self._is_byline(first)
            or not (apart or len(paragraphs[1]) >= 2 * len(first))
        ):
            return None
        return first

    def _is_plain_sentence(self, line: str) -> bool:
        if not line.rstrip(_CLOSING).endswith(tuple(_SENTENCE_STOPS)):
            return False
        words = _WORD.findall(line)[1:]
        capitalised = all(not word[0].islower() or word in self._small_words for word in words)
        return not (capitalised and any(len(word) > 3 and word[0].isupper() for word in words))

    def _is_byline(self, paragraph: str) -> bool:
        if len(paragraph) > _LONGEST_BYLINE or len(paragraph.split()) > _MOST_BYLINE_WORDS:
            return False
        return (
            self._is_by_names(paragraph)
            or self._is_name_with_role(paragraph)
            or _is_dateline(paragraph)
            or self._is_date(paragraph)
        )

    def _is_by_names(self, paragraph: str) -> bool:
        if not (match := self._by.fullmatch(paragraph)):
            return False
        names, *rest = _AFTER_NAME.split(match.group(1), maxsplit=1)
        stopped = paragraph.endswith(_STOPS)
        return self._are_names(names, fewest=2 if stopped else 1) and not (rest and stopped)

    def _is_name_with_role(self, paragraph: str) -> bool:
        name, *rest = _AFTER_NAME.split(paragraph, maxsplit=1)
        return (
            bool(rest)
            and not paragraph.endswith(_STOPS)
            and self._are_names(name, fewest=2)
            and not self._roles.isdisjoint(rest[0].casefold().replace(",", " ").split())
        )

    def _are_names(self, text: str, *, fewest: int) -> bool:
        words = text.split()
        capitalised = [w for w in words if w[0].isupper()]
        return fewest <= len(capitalised) <= 8 and all(
            w[0].isupper() or w in self._particles for w in words
        )

    def _is_date(self, paragraph: str) -> bool:
        words = re.findall(r"\w+", paragraph.casefold())
        numbers = [word for word in words if self._number.fullmatch(word)]
        return (
            bool(numbers)
            and all(word in self._date_words or self._number.fullmatch(word) for word in words)
            and (len(numbers) >= 3 or not self._months.isdisjoint(words))
        )


# The rules of a language, made once.
headlines_of = lru_cache(maxsize=32)(Headlines)


def _is_short_line(paragraph: str) -> bool:
    return len(paragraph) <= _LONGEST_HEADLINE and not _LINE_BREAK.search(paragraph)


def _repeats(paragraph: str, title: str) -> bool:
    """Tell whether a paragraph is the title, or one of the two begins with the other."""
    if len(paragraph) > max(_LONGEST_HEADLINE, 2 * len(title)):
        return False
    shorter, longer = sorted(map(_letters, (paragraph, title)), key=len)
    if shorter == longer:
        return shorter != ""
    return (
        _is_short_line(paragraph)
        and len(shorter) >= _FEWEST_SHARED_LETTERS
        and longer.startswith(shorter)
    )


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _is_heading(paragraph: str, following: str) -> bool:
    # What costs least and turns away most comes first: this is asked of every paragraph.
    if len(paragraph) > _LONGEST_HEADLINE:
        return False
    if paragraph.startswith("#") and _MARKDOWN.fullmatch(paragraph):
        return _is_short_line(paragraph)
    return (
        len(following) > len(paragraph)
        and (paragraph.rstrip("'\u2019)")[-1:] not in _HEADING_STOPS or paragraph.isupper())
        and len(paragraph.split()) <= _MOST_HEADING_WORDS
        and _is_short_line(paragraph)
        and not _BULLET.match(paragraph)
        and not next((c for c in paragraph if c.isalpha()), "a").islower()
    )


def _is_dateline(paragraph: str) -> bool:
    if not (match := _DATELINE.fullmatch(paragraph)):
        return False
    first = _WORD.search(paragraph)
    return match.group(1) is not None or (
        first is not None and len(first.group()) > 1 and first.group().isupper()
    )
