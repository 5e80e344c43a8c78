"""The words and phrases of paragraphs, with what stands around them, read once for many questions.

All arrays run along tokens, occurrences of terms, or pairs of a term and what is on its left and
right, so that a new list of suggestions costs a few sums over them.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.errors import TableError
from analysis.languages.language import LanguageName, languages_of
from analysis.tables.checks import check_table
from analysis.tables.schema import PLACE
from analysis.text.segmentation import split_sentences
from analysis.text.tokens import base_form, tokenize

# More candidates or neighbours than this change no rank that anybody reads.
_MOST_CANDIDATES = 20_000
_MOST_NEIGHBOURS = 5_000
# Letters of the shortest stem, and of the longest ending that leaves a word the same word: with
# longer ones "meet" and "meeting" would be one.
_SHORTEST_STEM = 4
_LONGEST_ENDING = 2
_AT_A_TIME = 1_000
_UNKNOWN = -1


class Placed(NamedTuple):
    """The first and the last token of hits, and which of the hits given they are."""

    first: np.ndarray
    last: np.ndarray
    row: np.ndarray


class TermIndex:
    """Words, and phrases of two words, of paragraphs.

    Forms of one word that differ in a short ending are one term with a wildcard, where it matches
    no other word of the paragraphs: envoy and envoys are ``envoy*``.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    stop_words : iterable of str, optional
        Words that are no term by themselves, nor at either end of a phrase; by default the
        function words of the paragraphs' languages.
    language : str or path, optional
        As in `split_paragraphs`.
    """

    def __init__(
        self,
        paragraphs: pd.DataFrame,
        *,
        stop_words: Iterable[str] | None = None,
        language: LanguageName | None = None,
    ) -> None:
        paragraphs = check_table(paragraphs, "paragraphs")
        self.paragraphs = paragraphs.sort_values(PLACE, ignore_index=True)
        self._places = pd.MultiIndex.from_frame(self.paragraphs[PLACE])
        # All texts behind one another, with a gap, so that one number is one place.
        lengths = self.paragraphs["text"].str.len().to_numpy("int64")
        self._offset = np.cumsum(np.concatenate([[0], lengths[:-1] + 1]))
        known = sorted(set(languages_of(self.paragraphs, language)), key=lambda own: own.code)
        if stop_words is None:
            stop_words = chain.from_iterable(x.words["stop_words"]["stop_words"] for x in known)
        self._stop_words = frozenset(stop_words)
        endings = chain.from_iterable(x.words["endings"]["inflection"] for x in known)
        self._endings = frozenset(x for x in endings if len(x) <= _LONGEST_ENDING)
        joined = self._read_tokens(language)
        self._name_terms(joined)
        self._read_contexts()
        self._read_neighbours()

    def _read_tokens(self, language: LanguageName | None) -> np.ndarray:
        """Read tokens, and tell which begin a phrase of two words."""
        numbers: dict[str, int] = {}
        may_stand: list[bool] = []
        word, sentence, capital, joined = array("i"), array("i"), array("b"), array("b")
        start, end = array("q"), array("q")
        fresh: list[bool] = []
        paragraph_of: list[int] = []
        seen: set[str] = set()
        spans = split_sentences(self.paragraphs, language=language)
        rows = self._places.get_indexer(pd.MultiIndex.from_frame(spans[PLACE]))
        texts = self.paragraphs["text"].tolist()
        bases, offsets = self.paragraphs["start"].tolist(), self._offset.tolist()
        in_title = (self.paragraphs["role"] == "headline").tolist()
        spans_of = zip(rows.tolist(), spans["start"].tolist(), spans["end"].tolist(), strict=True)
        for number, (row, begin, stop) in enumerate(spans_of):
            text = texts[row][begin - bases[row] : stop - bases[row]]
            # A note that stands under every article of an outlet would look like a finding.
            fresh.append(text not in seen)
            seen.add(text)
            paragraph_of.append(row)
            offset = offsets[row] + begin - bases[row]
            tokens = tokenize(text)
            previous = False
            for place, form in enumerate(tokens.forms):
                own = base_form(form) or form
                if own not in numbers:
                    numbers[own] = len(numbers)
                    may_stand.append(own not in self._stop_words and any(map(str.isalpha, own)))
                stands = may_stand[numbers[own]]
                first, last = tokens.original_span(place, place)
                if place:
                    joined.append(previous and stands and tokens.joined(place - 1))
                word.append(numbers[own])
                sentence.append(number)
                start.append(offset + first)
                end.append(offset + last)
                told = place > 0 and not in_title[row]
                capital.append(text[first].isupper() if told else _UNKNOWN)
                previous = stands
            joined.extend([False] if tokens.forms else [])
        # In the order of the alphabet, so that it does not matter which text came first.
        self.words = sorted(numbers)
        places = np.array([numbers[own] for own in self.words], dtype=np.int64)
        renumbered = np.empty(len(numbers), np.int32)
        renumbered[places] = np.arange(len(numbers), dtype=np.int32)
        self._stands = np.array(may_stand, bool)[places]
        self._word = renumbered[np.frombuffer(word, np.int32)]
        self.sentence = np.frombuffer(sentence, np.int32)
        self.capital = np.frombuffer(capital, np.int8)
        self._start, self._end = np.frombuffer(start, np.int64), np.frombuffer(end, np.int64)
        self.fresh = np.array(fresh, bool)
        self.paragraph_of = np.array(paragraph_of, dtype=np.int64)
        return np.frombuffer(joined, np.int8).astype(bool)

    def _name_terms(self, joined: np.ndarray) -> None:
        """Give terms their numbers, first those of one word, and list where they occur."""
        n_words = len(self.words)
        self._term_of = term_of = np.arange(n_words)
        for first, last in _families(self.words, self._stands, self._endings):
            term_of[first:last] = first
        long = np.array([len(own) > 1 for own in self.words], bool)
        alone = np.flatnonzero((self._stands & long)[self._word])
        begins = np.flatnonzero(joined)
        keys = self._word[begins].astype(np.int64) * n_words + term_of[self._word[begins + 1]]
        distinct, phrase = np.unique(keys, return_inverse=True)
        self.n_terms = n_words + len(distinct)
        self._words_of = np.concatenate(
            [
                np.column_stack([np.arange(n_words)] * 2),
                np.column_stack([distinct // n_words, distinct % n_words]),
            ]
        )
        self.term = np.concatenate([term_of[self._word[alone]], n_words + phrase]).astype(np.int32)
        self.first = np.concatenate([alone, begins]).astype(np.int32)
        self.last = np.concatenate([alone, begins + 1]).astype(np.int32)

    def _read_contexts(self) -> None:
        """Put occurrences in order of terms and of their pairs of left and right word."""
        keys = self._context_keys(self.first, self.last)
        self._slot_keys, slot = np.unique(keys, return_inverse=True)
        order = np.lexsort((self.first, slot, self.term))
        self.term, self.first, self.last = (
            own[order] for own in (self.term, self.first, self.last)
        )
        slot = slot[order]
        is_first = np.ones(len(order), bool)
        is_first[1:] = (np.diff(self.term) != 0) | (np.diff(slot) != 0)
        self._pair_start = np.flatnonzero(is_first)
        self._pair_slot = slot[self._pair_start].astype(np.int32)
        self._pair_term = self.term[self._pair_start]
        self._bounds = np.searchsorted(self.term, np.arange(self.n_terms + 1))

    def _context_keys(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Return a number for the words on both sides; a sentence's boundary is one as well."""
        boundary, n_tokens = len(self.words), len(self._word)
        before, after = np.maximum(first - 1, 0), np.minimum(last + 1, n_tokens - 1)
        within = (first > 0) & (self.sentence[before] == self.sentence[first])
        left = np.where(within, self._word[before], boundary).astype(np.int64)
        within = (last + 1 < n_tokens) & (self.sentence[after] == self.sentence[last])
        right = np.where(within, self._word[after], boundary)
        return left * (boundary + 1) + right

    def _read_neighbours(self) -> None:
        """Read which words stand in one sentence with each of the most frequent terms."""
        sentence = self.sentence[self.first]
        fresh = self.fresh[sentence]
        counts = np.bincount(self.term[fresh], minlength=self.n_terms)
        # By frequency, then by alphabet, so that a cut falls the same way every time.
        often = np.argsort(-counts, kind="stable")[:_MOST_CANDIDATES]
        self.candidates = often[counts[often] > 0]
        n_words = len(self.words)
        self.neighbours = self.candidates[self.candidates < n_words][:_MOST_NEIGHBOURS]
        self._column = np.full(n_words, _UNKNOWN)
        self._column[self.neighbours] = np.arange(len(self.neighbours))
        row = np.full(self.n_terms, _UNKNOWN)
        row[self.candidates] = np.arange(len(self.candidates))
        kept = fresh & (row[self.term] >= 0)
        shape = (len(self.fresh), len(self.candidates))
        held = sparse.csr_array(
            (np.ones(kept.sum(), np.float32), (sentence[kept], row[self.term[kept]])), shape
        )
        held.sum_duplicates()
        held.data[:] = 1
        self._profiles = self._associations(held.tocsc(), row[self.neighbours])

    def _associations(self, held: sparse.csc_array, neighbours: np.ndarray) -> sparse.csr_array:
        """Return positive pointwise mutual information of candidates and their neighbours."""
        beside = held[:, neighbours]
        parts = self._term_of[self._words_of[self.candidates]]
        blocks = []
        # Some at a time, since most of what is counted first is dropped in the end.
        for start in range(0, max(len(self.candidates), 1), _AT_A_TIME):
            together = (held[:, start : start + _AT_A_TIME].T @ beside).tocoo()
            # A word is no neighbour of itself, nor of a phrase that it is part of.
            own = self._column[parts[start : start + _AT_A_TIME]][together.row]
            together.data[(own == together.col[:, None]).any(axis=1)] = 0
            together.eliminate_zeros()
            blocks.append(together.tocsr())
        self._of_column = sum((block.sum(axis=0) for block in blocks), np.zeros(len(neighbours)))
        scaled = self._of_column / max(self._of_column.sum(), 1)
        for block in blocks:
            of_row = np.repeat(block.sum(axis=1), np.diff(block.indptr))
            values = np.log(block.data / (of_row * scaled[block.indices]))
            block.data[:] = np.maximum(values, 0)
            block.eliminate_zeros()
        return sparse.csr_array(sparse.vstack(blocks, format="csr"))

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word with its number: what a wildcard may be tried on."""
        counts = np.bincount(self._word, minlength=len(self.words))
        return dict(zip(self.words, counts.tolist(), strict=True))

    def place(self, hits: pd.DataFrame) -> Placed:
        """Return the tokens of hits."""
        rows = self._places.get_indexer(pd.MultiIndex.from_frame(hits[PLACE]))
        if (rows < 0).any():
            hit = hits.iloc[int((rows < 0).argmax())]
            raise TableError(
                f"the hit {hit['surface']!r} is in paragraph {hit['paragraph']} of "
                f"{hit['document_id']!r}, which is none of these; give the hits of these paragraphs"
            )
        offset = self._offset[rows] - self.paragraphs["start"].to_numpy()[rows]
        first = np.searchsorted(self._end, hits["start"].to_numpy() + offset, "right")
        last = np.searchsorted(self._start, hits["end"].to_numpy() + offset, "left") - 1
        found = np.flatnonzero(first <= last)
        return Placed(first[found], last[found], found)

    def tokens_in(self, placed: Placed) -> np.ndarray:
        """Tell of every token whether it is part of one of the hits."""
        depth = np.zeros(len(self._word) + 1, np.int32)
        np.add.at(depth, placed.first, 1)
        np.add.at(depth, placed.last + 1, -1)
        return depth.cumsum()[:-1] > 0

    def sentences_with(self, placed: Placed) -> np.ndarray:
        """Tell of every sentence whether one of the hits begins in it."""
        with_hit = np.zeros(len(self.fresh), bool)
        with_hit[self.sentence[placed.first]] = True
        return with_hit

    def free_occurrences(self, taken: np.ndarray) -> np.ndarray:
        """Tell of every occurrence whether it stands outside tokens and in no repeated sentence."""
        fresh = self.fresh[self.sentence[self.first]]
        return fresh & ~taken[self.first] & ~taken[self.last]

    def count(self, chosen: np.ndarray, with_hit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Count the chosen occurrences of each term, in all and in sentences with a hit."""
        terms = self.term[chosen]
        inside = terms[with_hit[self.sentence[self.first[chosen]]]]
        total, within = (np.bincount(own, minlength=self.n_terms) for own in (terms, inside))
        return total, within

    def similarity(self, chosen: np.ndarray, with_hit: np.ndarray) -> np.ndarray:
        """Return the cosine of what each candidate and the sentences with a hit hold beside."""
        sentence = self.sentence[self.first]
        free = np.zeros(len(self.words), bool)
        single = chosen & (self.first == self.last)
        free[self.term[single]] = True
        inside = single & with_hit[sentence]
        pairs = np.unique(sentence[inside].astype(np.int64) * self.n_terms + self.term[inside])
        columns = self._column[pairs % self.n_terms]
        own = np.bincount(columns[columns >= 0], minlength=len(self.neighbours)).astype(float)
        held = np.flatnonzero(own)
        of_column = self._of_column[held] + own[held]
        total = self._of_column.sum() + own.sum()
        profile = np.zeros(len(own))
        profile[held] = np.maximum(np.log(own[held] * total / (own.sum() * of_column)), 0)
        # What the hits themselves are made of says nothing of what stands beside them.
        squares = np.square(self._profiles.data) * free[self.neighbours][self._profiles.indices]
        rows = np.repeat(np.arange(len(self.candidates)), np.diff(self._profiles.indptr))
        norms = np.sqrt(np.bincount(rows, squares, len(self.candidates)))
        lengths = norms * np.linalg.norm(profile)
        return np.divide(
            self._profiles @ profile, lengths, out=np.zeros(len(lengths)), where=lengths > 0
        )

    def shared_contexts(self, chosen: np.ndarray, placed: Placed) -> tuple[np.ndarray, np.ndarray]:
        """Count the pairs of left and right word of each term, and those that hits have too."""
        wanted = np.unique(self._context_keys(placed.first, placed.last))
        at = np.minimum(np.searchsorted(self._slot_keys, wanted), len(self._slot_keys) - 1)
        of_hits = np.zeros(len(self._slot_keys), bool)
        of_hits[at[self._slot_keys[at] == wanted]] = True
        stands = np.logical_or.reduceat(chosen, self._pair_start)
        both = stands & of_hits[self._pair_slot]
        return (
            np.bincount(self._pair_term[stands], minlength=self.n_terms),
            np.bincount(self._pair_term[both], minlength=self.n_terms),
        )

    def occurrences(self, term: int) -> slice:
        """Return where the occurrences of a term are among all."""
        return slice(self._bounds[term], self._bounds[term + 1])

    def forms(self, term: int) -> list[tuple[str, ...]]:
        """List the words, or pairs of words, that are a term."""
        own = self.occurrences(term)
        pairs = zip(self._word[self.first[own]], self._word[self.last[own]], strict=True)
        length = 1 + (term >= len(self.words))
        return [tuple(self.words[word] for word in pair[:length]) for pair in sorted({*pairs})]

    def name(self, term: int) -> str:
        """Write a term as an entry, with a wildcard if it has several forms."""
        forms = self.forms(term)
        if len(forms) == 1:
            return " ".join(forms[0])
        return " ".join((*forms[0][:-1], f"{self.words[self._words_of[term, 1]]}*"))


def _families(
    words: Sequence[str], stands: np.ndarray, endings: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Yield the first and one past the last of the words that are forms of the first."""
    first = 0
    while first < len(words):
        stem, after = words[first], first + 1
        if len(stem) >= _SHORTEST_STEM and stem.isalpha() and stands[first]:
            while after < len(words) and words[after].startswith(stem):
                after += 1
            rest = (word[len(stem) :] for word in words[first + 1 : after])
            if after > first + 1 and stands[first:after].all() and endings.issuperset(rest):
                yield first, after
                first = after
                continue
        first += 1
