# cython: annotation_typing=False
"""Whom the source of an attribution names or describes, of those in a document's cast."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from analysis.hits.voice.cast import Cast
from analysis.hits.voice.cutting import Words
from analysis.hits.voice.members import (
    BODY_KIND,
    DOCUMENT_KIND,
    NOBODY_KNOWN,
    PERSON_KIND,
    UNNAMED,
    Speaker,
    with_mention,
)
from analysis.hits.voice.names import WORDS, Run, plain
from analysis.hits.voice.phrases import may_speak
from analysis.hits.voice.words import (
    BODY,
    CAPITAL,
    CONTRAST,
    DETERMINER,
    DOCUMENT,
    FINITE,
    GENERAL_BODY,
    GENERAL_PERSON,
    HE,
    PAST,
    PERSON,
    PLURAL,
    POINTING,
    PREPOSITION,
    QUANTIFIER,
    SHE,
    THEY,
    remember,
)

_LONGEST_NAME = 60
# So many names are looked through for who was named since.
_MOST_NAMED = 20
# Letters that "Turkey" and "Turkish" share.
_STEM = 4


def speaker_named(
    cast: Cast, number: int, start: int, end: int, last: Callable[[str | None], Speaker]
) -> Speaker:
    """Return who is behind a source that is no pronoun; `last`: who of each kind spoke last."""
    text = cast.texts[number]
    source = Words(text, start, end, [], cast.words)
    while source.n > 1 and _trails(source):
        # "The report issued".
        end = source.end[source.n - 2]
        source = Words(text, start, end, [], cast.words)
    if (
        not source.n
        or source.form(0) in cast.words.lists["anybody"]
        or (source.n == 1 and source.kinds[0] & POINTING)
        or source.kinds[source.n - 1] & QUANTIFIER
        or not may_speak(source, 0, source.n - 1)
        or (source.kinds[source.n - 1] & PREPOSITION)
    ):
        return Speaker(None, None, text[start:end])
    mention = " ".join(text[start:end].split())
    behind = cast.words.named_behind.match(text, end)
    if behind is not None and cast.is_person(source.form(source.n - 1)):
        # "A worker named Otto Kern".
        called = cast.runs(text[behind.end() : behind.end() + _LONGEST_NAME])
        if called and called[0][0] == 0:
            who = _of_run(cast, called[0][1], called[0][1].name, number, behind.end(), last)
            return with_mention(who, mention)
    parts = cast.words.conjunction.split(mention) if " " in mention else [mention]
    if len(parts) == 2 and all(
        [part[:1].isupper() or part.split()[-1][:1].isupper() for part in parts]
    ):
        named = [_named_by(cast, part, number, start, last) for part in parts]
        names = [one.name for one in named if one is not None and one.name is not None]
        if len(names) == len(named) and named[0] is not None:
            return Speaker(" and ".join(dict.fromkeys(names)), named[0].kind, mention)
    member = _named_by(cast, mention, number, start, last)
    if member is not None:
        return Speaker(member.name, member.kind, mention)
    return _description(cast, mention, number, start, last)


def _trails(w: Words) -> bool:
    last, before = w.kinds[w.n - 1], w.kinds[w.n - 2]
    if last & CONTRAST:
        return True
    verb = bool(last & (PAST | FINITE) and not last & (CAPITAL | PERSON))
    return verb and bool(before & (DOCUMENT | PERSON | BODY | CAPITAL | PLURAL))


def _named_by(
    cast: Cast, mention: str, number: int, start: int, last: Callable[[str | None], Speaker]
) -> Speaker | None:
    """Return whom the name in a source is of; None where it is a description."""
    whole = cast.named_in(mention)
    if len(whole) == 1 and whole[0][1].joined and whole[0][1].end + whole[0][0] == len(mention):
        opened = mention[: whole[0][0] + whole[0][1].start].split()
        if not opened or opened[0].lower() in cast.words.lists["articles"]:
            return _of_run(cast, whole[0][1], whole[0][1].name, number, start, last)
    head = cast.words.head_end.split(mention, maxsplit=1)
    own = cast.named_in(head[0]) if len(head) > 1 else whole
    if own:
        place, run = own[-1]
        behind = head[0][place + run.end :]
        word = run.words[-1].lower()
        party = not run.several and cast.is_person(word) and word.endswith(cast.words.plural)
        if party and len(mention.split()) > 1:
            # "Other Republicans".
            return None
        if not behind.strip():
            return _of_run(cast, run, run.name, number, start, last)
        if (
            len(head) == 1
            and not run.of_country
            and behind.strip().lower() in cast.words.lists["stories"]
            and not behind.startswith(("'", "’"))
        ):
            return _of_run(cast, run, run.name, number, start, last)
    first = mention.partition("-")[0]
    if first in cast.words.lists["articles_of_names"] and " " not in mention:
        # "al-Nuri".
        member = cast.member(mention)
        return (
            Speaker(member.name, member.kind)
            if member is not None
            else Speaker(mention, PERSON_KIND)
        )
    if len(head) > 1:
        # "envoy to Dorna Pavel Ostrin": the name behind a place.
        if whole and whole[-1][0] + whole[-1][1].end == len(mention):
            run = whole[-1][1]
            whole_words = [word for word in run.words if not word.endswith(".")]
            long = (len(whole_words) > 2 and not run.joined) or run.cut
            body = any([cast.words.kinds.get(word, 0) & BODY for word in run.folded[-2:]])
            if long and not body and cast.is_person(WORDS.findall(head[0])[-1]):
                return _of_run(cast, run, " ".join(run.words[-2:]), number, start, last)
            if run.titled and run.several:
                return _of_run(cast, run, run.name, number, start, last)
    return None


def _of_run(
    cast: Cast,
    run: Run,
    called: str,
    number: int,
    place: int,
    last: Callable[[str | None], Speaker],
) -> Speaker:
    member = cast.member(called)
    alone = " " not in called and called not in cast.places
    if (member is None or " " not in member.name) and alone:
        spoke = last(PERSON_KIND)
        if spoke.name is not None and called in (spoke.name.split()[0], spoke.name.split()[-1]):
            # Of those who share a name the one who has spoken speaks on.
            return spoke
        if len(cast.bearers(called.lower())) > 1:
            member = cast.namesake(called.lower(), run.gender, number, place)
            return Speaker(None, None) if member is None else Speaker(member.name, member.kind)
        member = cast.nearest(called, number, place) or member
    member = member or cast.beginning(called)
    if member is None:
        return Speaker(called, PERSON_KIND if " " in called else BODY_KIND)
    name = member.name
    if " " not in name and run.titled:
        name = " ".join([*[word.capitalize() for word in run.before], name])
    return Speaker(name, member.kind)


def _description(
    cast: Cast, mention: str, number: int, start: int, last: Callable[[str | None], Speaker]
) -> Speaker:
    head = _head_of(cast, mention)
    noun = head[-1].lower() if head else ""
    kinds = cast.words.kinds.get(noun, 0)
    definite = mention.split()[0].lower() in cast.words.lists["definite"]
    definite = definite or (bool(head) and "'" in head[0].replace("’", "'"))
    if definite and noun:
        # "A diplomatic source", and "the source" later on.
        spoke = last(UNNAMED)
        if _noun_of(cast, spoke.name) == noun and _may_be_one(cast, head, spoke):
            return with_mention(spoke, mention)
    if definite and is_one(cast, mention):
        member = cast.described_as(
            noun, WORDS.findall(mention), number, start, last(PERSON_KIND).name
        )
        if member is not None and may_be(cast, member.name, mention):
            return Speaker(member.name, member.kind, mention)
    # "The prosecutor's office" is none that was named by another's.
    owned = any(["'" in word.replace("’", "'") for word in head[1:]])
    if definite and kinds & BODY and not owned:
        body = cast.nearest_body(noun, number, start)
        if body is not None and _names_no_other(cast, head, body.name):
            return Speaker(body.name, body.kind, mention)
        fuller = _fuller(cast, noun, number, start) if mention.count(" ") == 1 else None
        if fuller is not None:
            return Speaker(fuller, BODY_KIND, mention)
        # "The law firm" need not be the firm that spoke, "the media outlet" is the outlet.
        most = 3 if noun in cast.words.lists["outlets"] else 2
        plain_body = len(head) <= most and not any([word[0].isupper() for word in head[1:]])
        if kinds & GENERAL_BODY and plain_body and " of " not in mention:
            spoke = last(BODY_KIND)
            if spoke.name is not None:
                return with_mention(spoke, mention)
    kind = DOCUMENT_KIND if kinds & DOCUMENT and not kinds & PERSON else UNNAMED
    return Speaker(mention, kind, mention)


def _may_be_one(cast: Cast, head: list[str], spoke: Speaker) -> bool:
    """Tell whether a description has no other name: "the Iraqi media" are not "the US media"."""
    known = WORDS.findall(spoke.name or "")
    articles = cast.words.lists["definite"]
    return not [
        word for word in head if not (word in known or word.islower() or word.lower() in articles)
    ]


def _names_no_other(cast: Cast, head: list[str], name: str) -> bool:
    """Tell whether a description has no name but those of states, and a body's own."""
    known = WORDS.findall(name)
    states = cast.words.lists["countries"]
    return not [
        word for word in head[1:] if not (word.islower() or word in known or word in states)
    ]


def pronoun_for(cast: Cast, description: str) -> int:
    """Return the pronouns that might stand for a description of somebody known; 0 for none."""
    head = _head_of(cast, description)
    lists = cast.words.lists
    if not is_one(cast, description) or head[0].lower() not in lists["definite_articles"]:
        return 0
    # "The SDF representative" is of a body, not of who spoke last; nor has a source a name.
    noun = head[-1].lower()
    body = any([word.isupper() and word not in lists["countries"] for word in head])
    # "The candidate's son" is another person.
    owned = any([word.lower() != plain(word) and cast.is_person(plain(word)) for word in head[1:]])
    if body or owned or noun in lists["anonymous"]:
        return 0
    title = noun.capitalize()
    return HE if title in lists["of_men"] else SHE if title in lists["of_women"] else HE | SHE


def _fuller(cast: Cast, noun: str, number: int, place: int) -> str | None:
    """Return the one longer name that a text has for "the coalition" before a place."""
    known = cast.longer.get(noun)
    if known is None:
        known = cast.longer[noun] = _longer(cast, noun)
    before = [name for at, name in known if at <= (number, place)]
    return before[0] if len(before) == 1 else None


def _longer(cast: Cast, noun: str) -> list[tuple[tuple[int, int], str]]:
    """Return the first two longer names that a text has for a noun, and where each is first."""
    capitals = r"(?:[^\W\d_a-z](?:[\w’'-]|\.(?! The ))* ){1,9}"
    named = re.compile(rf"\b(?:[Tt]he )?({capitals}(?:[a-z]+ )?{re.escape(noun)})\b")
    found: dict[str, tuple[int, int]] = {}
    for paragraph, text in enumerate(cast.texts):
        for match in named.finditer(text) if noun in text else ():
            words = match.group(1).split()
            while words and (words[0] in cast.words.lists["openers"]):
                words.pop(0)
            if len(words) > 1:
                found.setdefault(" ".join(words), (paragraph, match.end()))
            if len(found) > 1:
                # Two names are as good as many: nobody knows which is meant.
                return [(at, name) for name, at in found.items()]
    return [(at, name) for name, at in found.items()]


def may_be(cast: Cast, name: str | None, description: str) -> bool:
    """Tell whether nothing that is known of somebody speaks against a description."""
    member = cast.members.get(name or "")
    words = _head_of(cast, description)
    if member is None or not words:
        return True
    noun = plain(words[-1])
    if noun in member.described:
        # "The French president" is not who is called "President" alone.
        states = cast.words.lists["countries"]
        further = [word for word in map(plain, words[1:-1]) if word.title() in states]
        return not further or any(
            [one[:_STEM] == word[:_STEM] for word in further for one in member.described]
        )
    return noun not in cast.words.lists["roles"]


def just_spoke(
    cast: Cast, who: Speaker, near: Speaker, kinds: int, since: int, number: int, place: int
) -> bool:
    """Tell whether "the minister" is who spoke last, of whom nothing else is known."""
    spoke = cast.members.get(near.name or "")
    if spoke is None or spoke.described or who.name is None:
        return False
    if set(spoke.words) <= set(who.name.split()):
        return False
    # Nobody else is meant who was named since.
    mentions = cast.mentions[number]
    at = bisect_left(mentions, (place,)) - 1
    last = max(at - _MOST_NAMED, -1)
    while at > last and mentions[at][0] >= since:
        if mentions[at][1].name == who.name:
            return False
        at -= 1
    return fits(cast, near, kinds, spoke=True)


def is_general(cast: Cast, description: str) -> bool:
    """Tell whether a description may be of anybody, as "the expert"."""
    return bool(cast.words.kinds.get(_noun_of(cast, description), 0) & GENERAL_PERSON)


def is_taken_up(cast: Cast, mention: str, said: str) -> bool:
    """Tell whether "the statement" is the one in which somebody has "said in a statement"."""
    head = [word.lower() for word in _head_of(cast, mention)]
    if not 1 < len(head) < 4 or head[0] not in cast.words.lists["definite_articles"]:
        return False
    words = [word.lower() for word in WORDS.findall(said)]
    kinds = [cast.words.kinds.get(word, 0) for word in words]
    for number, word in enumerate(words):
        at = number - 1
        # "In a statement", "in an official press release".
        while number - at < 3 and at > 0 and not kinds[at] & (DETERMINER | PREPOSITION):
            at -= 1
        if word == head[-1] and at > 0 and kinds[at] & DETERMINER and kinds[at - 1] & PREPOSITION:
            return True
    return False


def without_title(cast: Cast, name: str) -> str:
    """Return a name of several words without the titles before it."""
    runs = cast.named_in(name)
    whole = len(runs) == 1 and runs[0][1].several and runs[0][0] + runs[0][1].end == len(name)
    return runs[0][1].name if whole and runs[0][1].titled else name


def is_one(cast: Cast, description: str | None) -> bool:
    """Tell whether a description is of one person."""
    noun = _noun_of(cast, description)
    person = bool(cast.words.kinds.get(noun, 0) & PERSON)
    plural = noun.endswith("s") and not noun.endswith("ss")
    return person and not plural and noun not in cast.words.lists["persons_several"]


def fits(cast: Cast, who: Speaker, kinds: int, *, spoke: bool = False) -> bool:
    """Tell whether a pronoun may stand for somebody, who may have been the last to speak."""
    if kinds & (HE | SHE):
        if who.kind != UNNAMED and " and " in (who.name or ""):
            return False
        member = cast.members.get(who.name or "")
        gender = cast.gender_of(member) if member else 0
        if gender and not gender & kinds:
            return False
        if spoke and member is not None and member.open and not cast.are_several(member):
            return not cast.words.kinds.get(member.folded[0], 0) & (BODY | DOCUMENT)
        return who.kind == PERSON_KIND or (who.kind == UNNAMED and is_one(cast, who.name))
    if kinds & THEY:
        # "They" of a body that is named in passing are mostly others.
        member = cast.members.get(who.name or "")
        body = spoke or (member is not None and cast.are_several(member))
        return (
            (who.kind == BODY_KIND and body)
            or (who.kind == UNNAMED and is_plural(cast, who.name))
            or (" and " in (who.name or ""))
        )
    return who.kind in (BODY_KIND, DOCUMENT_KIND)


def is_plural(cast: Cast, name: str | None) -> bool:
    """Tell whether a description is of several."""
    words, voice = (name or "").split(), cast.words
    return bool(words) and (
        words[-1].endswith(voice.plural) or words[0].lower() in voice.lists["several"]
    )


def _noun_of(cast: Cast, description: str | None) -> str:
    """Return the noun of a description in small letters; or ""."""
    return (_head_of(cast, description or "") or [""])[-1].lower()


def _head_of(cast: Cast, description: str) -> list[str]:
    """Return the words of a description up to its noun."""
    head = cast.words.heads.get(description)
    if head is None:
        words = WORDS.findall(cast.words.head_end.split(description, maxsplit=1)[0])
        head = remember(cast.words.heads, description, words)
    return head


def who_goes_on(cast: Cast, number: int, own: Sequence[Speaker]) -> Speaker:
    """Return who may go on speaking after a paragraph."""
    named = [who for who in own if who.name is not None]
    if named:
        return named[-1]
    text = cast.texts[number].rstrip()
    if text.endswith(":"):
        # "And from Mayor Lena Voss:"
        mentions = cast.mentions[number]
        persons = [member for _, member in mentions if member.kind == PERSON_KIND]
        if persons or mentions:
            member = persons[-1] if persons else mentions[-1][1]
            return Speaker(member.name, member.kind)
    return NOBODY_KNOWN


def interviewee(cast: Cast, before: int) -> Speaker:
    """Return whom the paragraphs before the first turn name as the one who answers."""
    asked: set[str] = set()
    named: set[str] = set()
    for number in range(before):
        for start, member in cast.mentions[number]:
            if member.kind == PERSON_KIND:
                named.add(member.name)
                words = cast.texts[number][max(0, start - _LONGEST_NAME) : start].split()
                if words and words[-1].lower() in cast.words.lists["interviewing"]:
                    asked.add(member.name)
    chosen = asked if len(asked) == 1 else named
    return Speaker(chosen.pop(), PERSON_KIND) if len(chosen) == 1 else NOBODY_KNOWN
