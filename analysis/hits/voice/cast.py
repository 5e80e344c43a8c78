# cython: annotation_typing=False
"""Who may speak in a document: its persons, bodies and documents, with all their names."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from analysis.hits.voice.members import BODY_KIND, PERSON_KIND, Member
from analysis.hits.voice.names import (
    WORDS,
    Places,
    Run,
    asks,
    is_title_case,
    names_within,
    next_capital,
    plain,
    run_end,
    run_pattern,
    word_before,
)
from analysis.hits.voice.words import (
    ADVERB,
    BODY,
    DETERMINER,
    FINITE,
    FUNCTION,
    GERUND,
    HE,
    PAST,
    PERSON,
    PREPOSITION,
    SHE,
    TIME,
    remember,
    voice_words,
)
from analysis.languages.language import Language

# Letters of an abbreviation.
_LONGEST_SHORT = 4
_CLOSE = 70
_APPOSITION = 140
_BEHIND = 200
# A name that something happens in at most once in so many places is no place's.
_SELDOM = 4
_NO_WORDS: frozenset[str] = frozenset()


class Cast:
    """Everybody whom the texts of one document name, and where."""

    def __init__(self, texts: Sequence[str], language: Language) -> None:
        self.words = voice_words(language)
        self.texts = texts
        self._pattern = run_pattern(language)
        self.members: dict[str, Member] = {}
        # Where somebody is named in a paragraph, in order.
        self.mentions: list[list[tuple[int, Member]]] = [[] for _ in texts]
        self._by_word: dict[str, list[Member]] = {}
        self._forms: dict[str, Member] = {}
        # Names of several words that stand without an article somewhere.
        self._bare: set[str] = set()
        # Names that something happens in: no surnames.
        self.places: set[str] = set()
        # Where those are named in full who bear a first name or a surname, in order.
        self._in_full: dict[str, Places] = {}
        self._undescribed: list[tuple[Member, int, int, Run]] = []
        # Where those stand whom a word may mean, in order.
        self._bodies: dict[str, Places] | None = None
        # Where each person is named, and up to where a pronoun behind it may tell the gender.
        self._persons: dict[Member, list[tuple[int, int, int]]] | None = None
        self._bearing: dict[str, list[Member]] = {}
        self._described: dict[str, list[Member]] = {}
        self._fitting: dict[tuple[str, frozenset[str]], list[Member]] = {}
        # By a noun, the longer names that have it, and where each is first.
        self.longer: dict[str, list[tuple[tuple[int, int], str]]] = {}
        self._read()

    def _read(self) -> None:
        several: list[tuple[int, int, Run]] = []
        single: list[tuple[int, int, Run]] = []
        within: dict[str, int] = {}
        alone: dict[str, int] = {}
        for number, text in enumerate(self.texts):
            if is_title_case(text, self.words.small if not number else _NO_WORDS):
                continue
            for place, run in self.runs(text):
                if run.may_ask and asks(text, place + run.start, place + run.end):
                    continue
                if text.startswith(" (@", place + run.end):
                    # Who signs a tweet is nobody of whom the text tells.
                    continue
                if run.of_country and self._is_modifier(text, place + run.end):
                    continue
                if run.several:
                    several.append((number, place, run))
                    if not _behind(text, place + run.start, self.words.the):
                        self._bare.add(run.name)
                    continue
                single.append((number, place, run))
                alone[run.name] = alone.get(run.name, 0) + 1
                owned = text.startswith(self.words.possessives, place + run.end)
                if _behind(text, place + run.start, self.words.within) and not owned:
                    within[run.name] = within.get(run.name, 0) + 1
        self.places.update([name for name in within if within[name] * _SELDOM > alone[name]])
        for number, place, run in several:
            if len(run.words) > 2 and run.words[0] in self.places:
                # "envoy to Dorna Ana Rell".
                run = run.without_first(self.words)
            self._add(number, place, run)
        for number, place, run in single:
            self._add(number, place, run)
        for mentions in self.mentions:
            if len(mentions) > 1:
                mentions.sort(key=_first)

    def runs(self, text: str) -> list[tuple[int, Run]]:
        """Find the names of a text, without titles and what opens a sentence."""
        runs: list[tuple[int, Run]] = []
        at = next_capital(text, 0)
        while at >= 0:
            end = run_end(text, at, self.words)
            if end < 0:
                found = self._pattern.match(text, at)
                if found is None:
                    at = next_capital(text, at + 1)
                    continue
                end = found.end()
            known, may_go_on = self._known(text[at:end])
            if may_go_on:
                # "The Ministry of the Interior".
                further = self.words.of_bodies.match(text, end)
                if further is not None:
                    end = further.end()
                    known = self._known(text[at:end])[0]
            runs += [(at, run) for run in known]
            at = next_capital(text, end)
        return runs

    def named_in(self, source: str) -> list[tuple[int, Run]]:
        """Find the names of a source, which texts may have again."""
        known = self.words.named.get(source)
        return remember(self.words.named, source, self.runs(source)) if known is None else known

    def _known(self, written: str) -> tuple[list[Run], bool]:
        """Return the names among words in capitals; and whether a body is last."""
        names = self.words.names
        known = names.get(written)
        if known is None:
            last = written[written.rfind(" ") + 1 :].lower()
            known = (names_within(written, self.words), bool(self.words.kinds.get(last, 0) & BODY))
            remember(names, written, known)
        return known

    def _add(self, number: int, place: int, run: Run) -> None:
        member = None
        if not run.several and run.name not in self.places:
            member = self.namesake(run.form, run.gender, number, place)
        if member is None:
            member = self._bearer(run.name, run.form, run.folded)
        if member is None:
            member = self._new(number, place, run)
        elif len(run.words) > len(member.words) and member.kind == PERSON_KIND:
            if run.folded[0] == member.folded[0]:
                member.name, member.words, member.folded = run.name, run.words, run.folded
        elif len(run.name) > _LONGEST_SHORT and member.name == run.name.upper() != run.name:
            # "MOSCOW (Sputnik)" is a dateline.
            member.name = run.name
            self.members[run.name] = member
        if run.several:
            for word in {run.folded[0], run.folded[-1]}:
                places = self._in_full.get(word)
                if places is None:
                    places = self._in_full[word] = Places()
                places.add(number, place + run.start, member)
        if member.kind == PERSON_KIND or run.titled:
            if run.titled:
                member.kind = PERSON_KIND
            if run.gender:
                member.gender = run.gender
            self._undescribed.append((member, number, place, run))
        self.mentions[number].append((place + run.start, member))

    def _new(self, number: int, place: int, run: Run) -> Member:
        text = self.texts[number]
        start = place + run.start
        article = 0 if run.name in self._bare else _behind(text, start, self.words.the)
        person = (
            run.titled
            or self._is_surname(run)
            or (
                run.personal
                and not article
                and not self._is_body_before(text, start)
                and not _behind(text, start, self.words.within)
            )
            or (
                not run.of_country
                and start > 0
                and text[start - 1] == " "
                and self._is_person_before(text, start)
            )
        )
        kind = PERSON_KIND if person else BODY_KIND
        member = Member(run.name, kind, run.words, run.folded)
        if article and not person:
            # Bodies are called as the text calls them first.
            member.name = text[start - article : start] + run.name
        member.open = run.open and not person and not article
        self.members[run.name] = member
        self._forms[run.form] = member
        for word in run.parts:
            self._by_word.setdefault(word, []).append(member)
        if not person and (run.several or not run.name.isupper()):
            # But "MOSCOW (Sputnik)" is a dateline.
            short = _SHORT.match(text, place + run.end)
            if short is not None:
                form = short.group(1).lower()
                self._forms[form] = member
                self._by_word.setdefault(form, []).append(member)
        return member

    def bearers(self, surname: str) -> list[Member]:
        """Return the persons who are named in full with a surname, in the order of the text."""
        known = self._bearing.get(surname)
        if known is None:
            known = self._bearing[surname] = [
                one
                for one in dict.fromkeys(self._by_word.get(surname, ()))
                if len(one.words) > 1 and one.kind == PERSON_KIND and one.folded[-1] == surname
            ]
        return known

    def namesake(self, surname: str, gender: int, number: int, place: int) -> Member | None:
        """Return who of several with a surname is meant: the first, if no other is named near."""
        bearers = self.bearers(surname)
        if len(bearers) < 2:
            return None
        fitting = [one for one in bearers if not gender or one.gender in (0, gender)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        paragraph, last = self._in_full[surname].before(number, place)
        near = paragraph >= number - 1 and last in fitting and last is not fitting[0]
        return None if near else fitting[0]

    def _is_surname(self, run: Run) -> bool:
        """Tell whether a single name is the surname of some persons, who share it."""
        return not run.several and any(
            [
                one.kind == PERSON_KIND and one.folded[-1] == run.form
                for one in self._by_word.get(run.form, ())
            ]
        )

    def _is_person_before(self, text: str, start: int) -> bool:
        """Tell whether a word such as "farmer" stands right before a name."""
        before = word_before(text, start)
        return before.islower() and self.is_person(before)

    def _is_body_before(self, text: str, start: int) -> bool:
        """Tell whether a word such as "newspaper" stands right before a name."""
        kinds = self.words.kinds.get(word_before(text, start), 0)
        if not kinds & BODY or kinds & PERSON or text[start - 1] != " ":
            return False
        # "A newspaper, Vell Today,", but "than the presidency, Ana Rell, an activist,".
        apart = not text[start - 2].isalnum()
        return not apart or _BODY_BEFORE.search(text, max(0, start - _CLOSE), start) is not None

    def member(self, name: str) -> Member | None:
        """Return who bears a name or a part of one; None where nobody or several do."""
        folded = tuple(name.lower().split())
        return self._bearer(name, " ".join(folded), folded)

    def _bearer(self, name: str, form: str, folded: tuple[str, ...]) -> Member | None:
        known = self._forms.get(form)
        if known is not None:
            return known
        candidates = self._by_word.get(folded[-1])
        if candidates is None:
            return None
        if len(folded) == 1:
            if name in self.places:
                return None
            last = [one for one in candidates if one.folded[-1] == folded[0]]
            persons = [one for one in last or candidates if one.kind == PERSON_KIND]
            return _only(persons or last)
        whole = self._forms.get(" ".join(folded[-2:]))
        if whole is not None and whole.kind == PERSON_KIND:
            # "Is Ana Rell …".
            return whole
        # "Donald Trump" and "Donald J. Trump".
        same = [
            one
            for one in candidates
            if len(one.folded) > 1 and one.folded[-1] == folded[-1] and one.folded[0] == folded[0]
        ]
        return same[0] if len(same) == 1 else None

    def beginning(self, name: str) -> Member | None:
        """Return the person whose longer name begins with a name that was cut."""
        cut = tuple(name.lower().split())
        longer = [
            one
            for one in self._by_word.get(cut[-1], ())
            if one.kind == PERSON_KIND and one.folded[: len(cut)] == cut
        ]
        return _only(longer) if len(cut) > 1 else None

    def _describe(self, member: Member, number: int, place: int, run: Run) -> None:
        """Note what a person is said to be, beside the name."""
        text = self.texts[number]
        member.described.update([self.words.in_full.get(word, word) for word in run.before])
        end = place + run.end
        first = place + run.start
        for _ in run.before:
            first = text.rfind(" ", 0, max(first - 1, 0)) + 1
        if text[first - 1 : first] == " ":
            before = WORDS.findall(text[max(0, first - _CLOSE) : first].rpartition(",")[2])
            near = before[-4:]
            if near and self.is_person(near[-1]):
                member.described.update([plain(word) for word in near if self._tells(word)])
        # "The envoy for Dorna, Ana Rell, …".
        if text.endswith((", ", ", \n"), 0, first) and text[end : end + 1] in ",.;:":
            phrase = _PHRASE_BEFORE.search(text, max(0, first - _APPOSITION), first)
            if phrase is not None:
                self._note(member, phrase.group(1))
        behind = _PHRASE_BEHIND.match(text, end)
        if behind is not None:
            self._note(member, behind.group(1))

    def _note(self, member: Member, phrase: str) -> None:
        words = WORDS.findall(phrase)
        clause = 1 < len(words) < 5 and words[-1].endswith(self.words.past)
        if clause or self.are_several(member):
            # "A reaction from Voss, the analyst added", "the Republicans, an aide said".
            return
        if any(self.is_person(word) for word in words[:7]) and not any(
            word in self.words.lists["finite"] for word in words[:3]
        ):
            member.described.update(plain(word) for word in words if self._tells(word))

    def gender_of(self, member: Member) -> int:
        """Return a person's gender, as a title, the first name or pronouns behind it tell."""
        if not member.gender and member.kind == PERSON_KIND and not member.asked:
            member.asked = True
            told = [self._told_behind(*place) for place in self._places_of(member)]
            told = [gender for gender in told if gender]
            # Once is no proof: it may be of somebody else.
            if len(told) > 1 and len(set(told)) == 1:
                member.gender = told[0]
        return member.gender

    def _places_of(self, member: Member) -> list[tuple[int, int, int]]:
        """Return where a person is named, and where the next one is, or the paragraph ends."""
        if self._persons is None:
            self._persons = {}
            for number, mentions in enumerate(self.mentions):
                end = len(self.texts[number])
                for start, one in reversed(mentions):
                    if one.kind == PERSON_KIND:
                        self._persons.setdefault(one, []).append((number, start, end))
                        end = start
        return self._persons.get(member, [])

    def _told_behind(self, number: int, start: int, end: int) -> int:
        """Return the gender of the pronoun behind a name."""
        found = self.words.of_one.search(self.texts[number], start, min(end, start + _BEHIND))
        if found is None or not found.group(1):
            return 0
        return self.words.kinds[found.group(1).lower().replace("’", "'")] & (HE | SHE)

    def is_person(self, word: str) -> bool:
        """Tell whether a word says who a person is: "farmer"."""
        return bool(self.words.kinds.get(word.lower(), 0) & PERSON)

    def are_several(self, member: Member) -> bool:
        """Tell whether a name is a word for persons, as "Republicans"."""
        word = member.folded[-1]
        return word.endswith(self.words.plural) and self.is_person(word)

    def _is_modifier(self, text: str, end: int) -> bool:
        """Tell whether a noun stands right behind a name, which only says more of it."""
        behind = WORDS.match(text, end + 1)
        if behind is None or text[end] != " " or not behind.group()[0].islower():
            return False
        word = behind.group()
        kinds = self.words.kinds_written(word)
        return not kinds & (FUNCTION | ADVERB | DETERMINER | PAST | GERUND | FINITE | TIME)

    def _tells(self, word: str) -> bool:
        kinds = self.words.kinds.get(word.lower(), 0)
        return not kinds & (DETERMINER | PREPOSITION) and len(word) > 1

    def described_as(
        self, noun: str, words: Sequence[str], number: int, place: int, spoke: str | None = None
    ) -> Member | None:
        """Return who spoke last, or else was last named, of those that a description fits."""
        wanted = frozenset([plain(word) for word in words if self._tells(word)])
        key = plain(noun), wanted
        fitting = self._fitting.get(key)
        if fitting is None:
            fitting = self._fitting[key] = self._described_by(*key)
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        if spoke is not None and self.members.get(spoke) in fitting:
            return self.members[spoke]
        names = [plain(word) for word in words[1:] if word[0].isupper()]
        if names and not fitting[0].described.intersection(names):
            # "The Dorna senator", of several senators.
            return None
        for paragraph in range(number, -1, -1):
            mentions = self.mentions[paragraph]
            at = bisect_left(mentions, (place,)) if paragraph == number else len(mentions)
            while at > 0:
                at -= 1
                if mentions[at][1] in fitting:
                    return mentions[at][1]
        return None

    def _described_by(self, noun: str, wanted: frozenset[str]) -> list[Member]:
        """Return those whom most of some words describe, of those that a noun does."""
        if self._undescribed:
            for told in self._undescribed:
                self._describe(*told)
            self._undescribed = []
            for one in self.members.values():
                for word in one.described:
                    self._described.setdefault(word, []).append(one)
        fitting = self._described.get(noun, [])
        if len(fitting) > 1:
            most = max([len(wanted & one.described) for one in fitting])
            fitting = [one for one in fitting if len(wanted & one.described) == most]
        return fitting

    def nearest(self, name: str, number: int, place: int) -> Member | None:
        """Return who with a first name or a surname was last named in full before a place."""
        known = self._in_full.get(name.lower())
        return known.before(number, place)[1] if known is not None else None

    def nearest_body(self, noun: str, number: int, place: int) -> Member | None:
        """Return the body named last before a place of whose name a noun is part."""
        if self._bodies is None:
            self._bodies = {}
            for paragraph, mentions in enumerate(self.mentions):
                for start, member in mentions:
                    if member.kind == BODY_KIND:
                        for word in {*member.folded, *self._called(paragraph, start)}:
                            self._bodies.setdefault(word, Places()).add(paragraph, start, member)
        known = self._bodies.get(noun)
        return known.before(number, place)[1] if known is not None else None

    def _called(self, number: int, start: int) -> list[str]:
        """Return what a body may be called that is a medium: "the Vell Today news agency"."""
        text = self.texts[number]
        behind = _CALLED.match(text, start)
        words = {*(behind.group(1).split() if behind else ()), word_before(text, start)}
        return list(self.words.lists["outlets"]) if words & self.words.lists["outlets"] else []


def _first(mention: tuple[int, Member]) -> int:
    return mention[0]


def _only(members: Sequence[Member]) -> Member | None:
    """Return the one that all of some members are; None where they differ."""
    if not members:
        return None
    return members[0] if all([one is members[0] for one in members]) else None


def _behind(text: str, start: int, words: Sequence[str]) -> int:
    """Return the length of which of some words stands right before a place, with a blank; or 0."""
    for word in words:
        if text.endswith(word, 0, start):
            return len(word)
    return 0


_SHORT = re.compile(r"[’'s]*\s\(([A-Z][A-Za-z.&-]{1,9})\)")
_BODY_BEFORE = re.compile(r"(?:^|[.,;:!?\n\"”] ?)(?:A|An|The|a|an|the)(?: [\w'’-]+){1,4}, $")
_CALLED = re.compile(r"[^\W\d_a-z][\w’'&.-]*(?: [^\W\d_a-z][\w’'&.-]*)*((?: [a-z]+){1,2})")
_PHRASE_BEFORE = re.compile(r"(?:^|[.,;:\n\"”“—–] ?)([^.,;:\n\"”“—–]{4,100}), $")
_PHRASE_BEHIND = re.compile(r",? ?[,(] ?([a-z][^.,;:\n\"”“()—–]{3,120})[,.;:)\n\"“]")
