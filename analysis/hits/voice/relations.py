# cython: annotation_typing=False
"""What the cues of one paragraph attribute, and to whom: cue, source and content."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from analysis.hits.voice.complements import (
    Complement,
    addresses,
    closes_after,
    complement_after,
    ends_there,
)
from analysis.hits.voice.contents import (
    Attribution,
    act_told,
    as_put,
    cut_short,
    is_told,
    joined,
    names_source,
    of_phrase,
    postposed,
    preposed,
    span,
    uncued_quotes,
    without_told_acts,
)
from analysis.hits.voice.cutting import Words
from analysis.hits.voice.nouns import act_of_noun, felt, of_noun, who_issued
from analysis.hits.voice.phrases import (
    NO_PHRASE,
    beside,
    first_subject,
    may_speak,
    phrase_after,
    subject_before,
    subject_behind,
)
from analysis.hits.voice.quotes import Quote, quotes_within
from analysis.hits.voice.verbs import unlisted_verbs
from analysis.hits.voice.words import (
    ADDRESSING,
    ADVERB,
    AGENT,
    AS,
    AUTHOR,
    AUXILIARY,
    BE,
    BODY,
    BREAK,
    CAPITAL,
    CITING,
    COLON,
    COMMA,
    CONTRAST,
    COORDINATOR,
    DENYING,
    DETERMINER,
    DOCUMENT,
    EXPRESSING,
    FINITE,
    FUNCTION,
    GERUND,
    MUTE,
    NAMING,
    NEEDS_CLAUSE,
    NEGATOR,
    NOBODY,
    NOMINAL,
    NOTHING,
    NOUN,
    PARTICIPLE,
    PAST,
    PERSON,
    PLURAL,
    POINTING,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTED,
    SEEMING,
    STOP,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
    WITH,
    VoiceWords,
)

# Words of "late on Monday", before a subject.
_LONGEST_OPENING = 4
# Who spoke is looked for among so many attributions before.
_MOST_BEFORE = 50


def attributions_in(
    text: str,
    sentences: Sequence[tuple[int, int]],
    quotes: Sequence[Quote],
    cues: Sequence[tuple[int, int, str]],
    words: VoiceWords,
) -> list[Attribution]:
    """Find the attributions of one paragraph, and those within its quotations."""
    found: list[Attribution] = []
    if quotes and (unlisted := unlisted_verbs(text, quotes, cues, words)):
        cues = sorted([*cues, *unlisted])
    if cues:
        outside, inside = _sorted_out(quotes, cues)
        for begin, stop in joined(sentences, quotes) if quotes else sentences:
            own = outside[bisect_left(outside, (begin,)) : bisect_left(outside, (stop,))]
            if own:
                found += _in_sentence(Words(text, begin, stop, quotes, words), quotes, own, words)
    found += uncued_quotes(text, quotes, found)
    if cues and inside:
        found += _within(text, sentences, quotes, inside, words)
    return found


def _sorted_out(
    quotes: Sequence[Quote], cues: Sequence[tuple[int, int, str]]
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """Tell the cues of the text from those of what it quotes."""
    if not quotes:
        return list(cues), []
    outside: list[tuple[int, int, str]] = []
    inside: list[tuple[int, int, str]] = []
    starts = [quote.start for quote in quotes]
    for cue in cues:
        place = bisect_right(starts, cue[0]) - 1
        in_quote = place >= 0 and cue[0] < quotes[place].end
        (inside if in_quote else outside).append(cue)
    return outside, inside


def _within(
    text: str,
    sentences: Sequence[tuple[int, int]],
    quotes: Sequence[Quote],
    cues: Sequence[tuple[int, int, str]],
    words: VoiceWords,
) -> list[Attribution]:
    """Find whom a quotation names as a source: the innermost counts."""
    found: list[Attribution] = []
    for quote in quotes:
        if quote.scare:
            continue
        inner: list[Quote] | None = None
        opening = max(bisect_right(sentences, (quote.start + 1,)) - 1, 0)
        for number in range(opening, len(sentences)):
            begin, stop = sentences[number]
            if begin >= quote.end:
                break
            first, last = max(begin, quote.start + 1), min(stop, quote.end)
            own = cues[bisect_left(cues, (first,)) : bisect_left(cues, (last,))]
            if own:
                inner = quotes_within(text, quote, words) if inner is None else inner
                w = Words(text, first, last, inner, words)
                read = _in_sentence(w, inner, own, words)
                found += [one for one in read if names_source(w, one)]
    return found


def _in_sentence(
    w: Words, quotes: Sequence[Quote], cues: Sequence[tuple[int, int, str]], words: VoiceWords
) -> list[Attribution]:
    found: list[Attribution] = []
    after = left = 0
    for number, (start, end, subcategory) in enumerate(cues):
        first, last = w.at(start), w.at(end - 1)
        if first >= w.n or first < after:
            continue
        if w.kinds[first] & NOUN and number + 1 < len(cues) and _meets(w, last, cues[number + 1]):
            continue
        if found and w.text[found[-1].cue_end : start].strip() in words.lists["joining"]:
            found[-1] = found[-1]._replace(cue_end=end)
            continue
        one = _attribution(w, quotes, start, end, first, last, subcategory, left, found, words)
        if one is None:
            continue
        found.append(one)
        after = last + 1
        if not one.weak:
            left = after
    return without_told_acts(w, cut_short(w, found))


def _meets(w: Words, last: int, cue: tuple[int, int, str]) -> bool:
    """Tell whether a verb follows what may be a noun: "media reports indicate"."""
    at = last + 1
    verb = at < w.n and not w.kinds[at] & (NOUN | NOMINAL | GERUND | PAST | AS | PREPOSITION)
    return verb and w.gap[at] == NOTHING and w.start[at] == cue[0]


def _attribution(
    w: Words,
    quotes: Sequence[Quote],
    start: int,
    end: int,
    first: int,
    last: int,
    subcategory: str,
    left: int,
    found: list[Attribution],
    words: VoiceWords,
) -> Attribution | None:
    """Return what a cue attributes; None where it attributes nothing."""
    if start > 0 and w.text[start - 1] in "-\u2010\u2011":
        return None
    if subcategory in words.lists["before_source"]:
        return of_phrase(w, start, end, first, last, left)
    kinds = w.kinds[first]
    if kinds & AS and last > first and found and found[-1].weak:
        # "The agency quoted Ana Rell, an envoy, as saying that".
        source = phrase_after(w, w.at(found[-1].cue_end))
        if source != NO_PHRASE and source[1] < first:
            content = complement_after(w, last + 1, False)
            return preposed(w, quotes, start, end, last, source, content, 0, False)
    if kinds & SEEMING or subcategory in words.lists["hearsay"]:
        return act_told(w, start, end, last, NO_PHRASE)
    owned = first > 0 and w.kinds[first - 1] & (POSSESSIVE | DETERMINER)
    if subcategory in words.lists["act_nouns"]:
        return act_of_noun(w, start, end, first, last)
    of_noun_only = first == last or bool(w.kinds[last] & THAT)
    if kinds & CITING or (kinds & NOMINAL and of_noun_only and (owned or not kinds & GERUND)):
        own = of_noun(w, quotes, start, end, first, last, found)
        if own is not None or kinds & CITING or not kinds & (NEEDS_CLAUSE | NOUN):
            return own
    previous = w.kinds[first - 1] if first > left and w.gap[first] == NOTHING else 0
    if (
        kinds & NOUN
        and first == last
        and last + 1 < w.n
        and w.gap[last + 1] == NOTHING
        and (w.kinds[last + 1] & (AUXILIARY | FINITE))
    ):
        return None
    if _is_noun(kinds, previous, w.form[first - 1] if previous else ""):
        return None
    passive = last > first and bool(w.kinds[first] & BE and w.kinds[last] & (PAST | PARTICIPLE))
    behind, negated, infinitive, be = _verb_group(w, left, first - 1)
    if subcategory in words.lists["feeling"]:
        source = subject_before(w, left, behind) if be and not infinitive else NO_PHRASE
        return felt(w, quotes, start, end, last, source, negated)
    if infinitive and subcategory != "phrasal":
        return _of_purpose(w, quotes, start, end, last, left, behind, kinds, found)
    past = bool(kinds & (PAST | PARTICIPLE))
    passive = passive or (be and past)
    quoted_after = w.gap_before(last + 1) == QUOTED
    weak = subcategory in words.lists["weak"]
    source = NO_PHRASE
    if last > first:
        # Words that follow a verb of several words say for themselves what it attributes.
        kinds &= PAST | PARTICIPLE | DENYING | GERUND
    content = (
        Complement("that", last + 1)
        if w.kinds[last] & THAT and last > first
        else complement_after(w, last + 1, bool(kinds & ADDRESSING))
    )
    if kinds & EXPRESSING:
        for number in range(last + 2, min(last + 7, w.n)):
            if w.kinds[number] & THAT:
                content = Complement("that", number)
    # "described by Velmora as …", "was accused by …".
    by = last + 1 < w.n and w.gap[last + 1] == NOTHING and w.kinds[last + 1] & AGENT
    if past and by and (passive or not _stands_alone(w, left, behind)):
        source = phrase_after(w, last + 2)
        behind_it = source[1] + 1 if source[1] >= 0 else last + 2
        parted = first == 1 or (first > 1 and w.gap[first - 1] != NOTHING)
        if parted and w.kinds[first - 1] & AS and not weak:
            # "…, as reported by Voss".
            return as_put(w, start, end, max(last, source[1]), source, first)
        if w.gap[first] == COMMA == w.gap_before(behind_it):
            # "The report, quoted by the Herald, says": beside who speaks.
            return None
        content = complement_after(w, behind_it, False)
        return preposed(w, quotes, start, end, last, source, content, kinds, weak)
    if passive and subcategory not in words.lists["reported"]:
        return act_told(w, start, end, last, NO_PHRASE)
    # "…," said the minister; "Aid is late, said the minister".
    gap = w.gap[first]
    inverted = first == behind + 1 and (gap == QUOTED or (gap in (COMMA, COLON) and first > left))
    if inverted and gap == COMMA:
        # "“…,” Ana Rell, the envoy, told the Herald".
        before_verb = subject_before(w, left, behind)
        inverted = before_verb[0] < 0 or w.gap[before_verb[0]] != QUOTED
    if inverted and not kinds & GERUND and content.kind != "that":
        source = phrase_after(w, last + 1)
        named = source[0] >= 0 and not w.kinds[source[0]] & NOBODY
        # "A factory, called Vell One, makes tanks".
        named = named and not (gap == COMMA and kinds & NAMING)
        if named and (gap == QUOTED or (not weak and ends_there(w, source[1] + 1))):
            return postposed(w, quotes, start, end, source, first, source[1] + 1, found)
        if gap == QUOTED and source[0] < 0 and not content.kind:
            return postposed(w, quotes, start, end, NO_PHRASE, first, last + 1, found)
    if kinds & GERUND:
        source = _of_gerund(w, left, first, found)
        if w.gap[first] == QUOTED and source == NO_PHRASE:
            source = phrase_after(w, last + 1)
    else:
        source = subject_before(w, left, behind)
        if (
            source == NO_PHRASE
            and behind >= left
            and (w.kinds[behind] & (COORDINATOR | CONTRAST) or w.gap[behind + 1] == COMMA)
        ):
            source = _shared(w, behind, found)
    nobody = source[0] >= 0 and w.kinds[source[0]] & NOBODY
    if source == NO_PHRASE and not quoted_after:
        # "Asked about the talks, Voss left".
        asked = past and kinds & ADDRESSING and not kinds & FINITE and bool(content.kind)
        told = content.kind == "that" or (kinds & GERUND and not kinds & NEEDS_CLAUSE)
        return act_told(w, start, end, last, NO_PHRASE) if (asked or told) and not negated else None
    if source[0] >= 0 and w.kinds[source[1]] & AUTHOR and source[0] == source[1]:
        return None
    if (negated and not kinds & DENYING) or nobody:
        return act_told(w, start, end, last, NO_PHRASE)
    if kinds & NOUN and source == NO_PHRASE:
        return None
    if source[0] >= 0:
        must_speak = kinds & (NOUN | NEEDS_CLAUSE) or w.kinds[source[1]] & MUTE
        if must_speak and not may_speak(w, *source):
            # "The popularity of Voss shows that".
            if content.kind == "that":
                return act_told(w, start, end, last, NO_PHRASE)
            return None
    opening = source[0] if source[0] >= 0 and source[0] < first else first
    while (
        0 <= source[0] < first
        and opening > left
        and w.gap[opening] == NOTHING
        and not (w.kinds[opening - 1] & (FUNCTION | ADVERB | PAST | GERUND | FINITE))
    ):
        opening -= 1
    if (
        0 < opening <= source[0]
        and w.gap[opening] == NOTHING != w.gap[opening - 1]
        and (w.kinds[opening - 1] & (PAST | GERUND))
    ):
        # "retired Professor Kern said".
        opening -= 1
    before = w.gap[opening]
    as_told = opening > 0 and w.kinds[opening - 1] & AS and w.gap[opening] == NOTHING
    if as_told and source[0] >= 0 and (opening == 1 or w.gap[opening - 1] in (COMMA, BREAK)):
        return as_put(w, start, end, last, source, opening)
    # Base forms and a singular do not go together: "on a giddy note".
    if (
        0 <= source[0] < first
        and w.form[source[0]] in ("a", "an")
        and behind == first - 1
        and (not kinds & (PAST | GERUND | PLURAL | PARTICIPLE | FINITE))
    ):
        return None
    told = content.kind in ("that", "clause", "to", "question", "quote")
    closes = (not told and closes_after(w, last + 1)) or (
        kinds & ADDRESSING
        and content.kind in ("", "noun", "preposition")
        and addresses(w, last + 1)
    )
    if before == QUOTED and w.quote[opening] >= 0 and not kinds & GERUND:
        return postposed(w, quotes, start, end, source, opening, last + 1, found)
    if subcategory in words.lists["beside_quotation"] and content.kind != "quote":
        return None
    if last + 1 >= w.n and w.last_gap == COLON:
        # What is said follows in a paragraph of its own.
        return Attribution(start, end, *span(w, source), end, end, False)
    if before == COLON and opening > 0 and w.gap[0] != QUOTED and w.last_quote < 0 and closes:
        return None
    clause_before = (
        opening > left
        and before in (COMMA, BREAK, COLON)
        and (w.gap_before(last + 1) in (COMMA, STOP, BREAK) or not _is_adjunct(w, left, opening))
    )
    if closes and clause_before and not kinds & GERUND:
        return postposed(w, quotes, start, end, source, opening, last + 1, found)
    if opening > 0 and w.quote[0] >= 0 and before == COLON:
        return postposed(w, quotes, start, end, source, 0, last + 1, found)
    return preposed(w, quotes, start, end, last, source, content, kinds, weak)


def _of_purpose(
    w: Words,
    quotes: Sequence[Quote],
    start: int,
    end: int,
    last: int,
    left: int,
    behind: int,
    kinds: int,
    found: list[Attribution],
) -> Attribution | None:
    """Return what "used her speech to warn that" attributes: a medium stands before."""
    content = complement_after(w, last + 1, bool(kinds & ADDRESSING))
    if behind < left or content.kind not in ("that", "quote", "clause") or kinds & NEEDS_CLAUSE:
        return None
    if not w.kinds[behind] & (DOCUMENT | CAPITAL) or w.kinds[behind] & PERSON:
        return None
    source = _shared(w, behind, found)
    if source == NO_PHRASE or w.kinds[source[1]] & AUTHOR or source[1] >= behind:
        return None
    return preposed(w, quotes, start, end, last, source, content, kinds, False)


def _is_noun(kinds: int, previous: int, form: str) -> bool:
    """Tell by the word before it whether a cue is a noun."""
    if previous & POSSESSIVE:
        return True
    if previous & POINTING:
        return bool(kinds & NOUN) or form not in ("this", "that", "these", "those")
    if previous & DETERMINER and not previous & PERSON:
        return True
    return bool(kinds & NOUN and previous & (PREPOSITION | GERUND) and not previous & CAPITAL)


def _verb_group(w: Words, left: int, at: int) -> tuple[int, bool, bool, bool]:
    """Go back over auxiliaries, adverbs and times: where that ends; negated, infinitive, be."""
    negated = infinitive = be = False
    while at >= left:
        kinds = w.kinds[at]
        gap = w.gap[at + 1] if at + 1 < w.n else NOTHING
        named = kinds & CAPITAL and not kinds & TIME and (at > 0 or gap == NOTHING)
        if gap != NOTHING or (named and w.kinds[at - 1] & CAPITAL):
            break
        if kinds & TO:
            infinitive = True
        elif kinds & AUXILIARY and kinds & PRONOUN:
            # "They've warned".
            break
        elif kinds & (AUXILIARY | NEGATOR) and not kinds & CAPITAL:
            negated = negated or bool(kinds & NEGATOR)
            be = be or bool(kinds & BE)
        elif kinds & TIME and not named:
            # "Otto Kern on Monday said", "late last week".
            while (
                at > left
                and w.gap[at] == NOTHING
                and (
                    w.kinds[at - 1] & (TIME | DETERMINER)
                    or (w.kinds[at - 1] & PREPOSITION and not w.kinds[at] & PREPOSITION)
                )
            ):
                at -= 1
        elif kinds & TIME and at > left and w.kinds[at - 1] & PREPOSITION:
            at -= 1
        elif not kinds & ADVERB:
            break
        at -= 1
    return at, negated, infinitive, be


def _stands_alone(w: Words, left: int, behind: int) -> bool:
    """Tell whether a participle's own subject stands right before it, so that it is a verb."""
    return behind >= left and w.gap[behind + 1] == NOTHING and bool(w.kinds[behind] & PERSON)


def _is_adjunct(w: Words, left: int, opening: int) -> bool:
    """Tell whether no more than "after the talks" or "on Monday" stands before a subject."""
    if not w.kinds[left] & (PREPOSITION | SUBORDINATOR | TIME | GERUND | ADVERB):
        return False
    if (
        w.kinds[left] & ADVERB
        and not w.kinds[left] & PREPOSITION
        and opening - left > _LONGEST_OPENING
    ):
        return False
    return all(w.gap[number] == NOTHING for number in range(left + 1, opening))


def _of_gerund(w: Words, left: int, first: int, found: Sequence[Attribution]) -> tuple[int, int]:
    """Return who speaks by "…, adding that": the subject beside it, or that of its sentence."""
    if first > 0 and w.gap[first] == NOTHING:
        # "with Gorm noting that".
        own = beside(w, left, first - 1)
        if own != NO_PHRASE and own[0] > 0 and w.kinds[own[0] - 1] & WITH:
            return own
        if (
            own != NO_PHRASE
            and w.kinds[first - 1] & (PERSON | BODY | DOCUMENT)
            and not (w.kinds[first - 1] & CAPITAL)
        ):
            return who_issued(w, left, own)
        if w.kinds[first - 1] & (AUXILIARY | ADVERB):
            behind = _verb_group(w, left, first - 1)[0]
            own = subject_before(w, left, behind)
            if own != NO_PHRASE or behind < left or not w.kinds[behind] & COORDINATOR:
                return own
    source = _shared(w, first, found)
    return source if source != NO_PHRASE else subject_behind(w, first)


def _shared(w: Words, before: int, found: Sequence[Attribution]) -> tuple[int, int]:
    """Return who spoke before in a sentence or, if nobody did, its subject."""
    near = list(found[-_MOST_BEFORE:])
    for number in range(len(near) - 1, -1, -1):
        one = near[number]
        # "Voss said that … was the only country that supported it, adding that": Voss.
        if one.source_start >= 0 and not is_told(one, near[:number]):
            return w.at(one.source_start), w.at(one.source_end - 1)
    return first_subject(w, before)
