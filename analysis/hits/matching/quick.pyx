# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The quick path: the exact path's results from integer tables, at the speed of C.

All that is subtle stays in Python: what a character does (`character_role`), what a
word fits and where a step leads (`Automaton`). Each is asked once and remembered
here by number; the loops below only look up. A text in which a character's
neighbours decide what it is (marks, format characters) is cut by `tokenize`.
"""

cimport cython
from cpython.unicode cimport (
    PyUnicode_1BYTE_KIND, PyUnicode_2BYTE_KIND, PyUnicode_4BYTE_KIND, PyUnicode_DATA,
    PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH, PyUnicode_KIND,
)
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, qsort, realloc
from libc.string cimport memcpy, memset

from threading import Lock

import numpy as np

from analysis.hits.matching.search import MATCHES
from analysis.text.tokens import SIGNS, Role, abbreviations, character_role, tokenize

cdef enum:
    LETTER = 1
    INSIDE = 2
    BLANK = 3
    LINE_BREAK = 4
    HYPHEN = 5
    CURRENCY = 6
    BREAK = 7
    IN_CONTEXT = 8
    LETTERS = 9  # one character that folds to several letters

    # What lies between two tokens: the last three join them only where more is given.
    JOINED = 1
    NEIGHBOURS = 2
    STOPPED = 4
    SLASH = 8
    AND = 16

    DEAD = 0
    ROOT = 1
    UNKNOWN = -1

assert SIGNS == "/&"
assert [LETTER, INSIDE, BLANK, LINE_BREAK, HYPHEN, CURRENCY, BREAK, IN_CONTEXT] == list(Role)

cdef uint32_t CODE_POINTS = 0x110000
cdef uint32_t FOLDED = 0xFFFFFF
cdef uint64_t HASH_START = 0xCBF29CE484222325
cdef uint64_t HASH_FACTOR = 0x100000001B3
cdef int32_t MOST_TYPES = 500_000

ctypedef fused code_unit:
    uint8_t
    uint16_t
    uint32_t


cdef struct Token:
    Py_ssize_t start
    Py_ssize_t end
    int32_t type
    int32_t token_class
    uint8_t gap  # what lies between this token and the next
    uint8_t ends_in_s


cdef struct Type:
    uint64_t hash
    Py_ssize_t form  # where it begins among all forms
    int32_t length
    int32_t token_class
    int32_t abbreviation  # whether it may be one; UNKNOWN where nobody asked yet
    bint heeds_case


cdef struct State:
    uint64_t wanted  # signature of the patterns that lead on
    int32_t first_entry
    int32_t last_entry
    int32_t first_veto
    int32_t last_veto
    int32_t first_marker
    int32_t last_marker


cdef struct Veto:
    int64_t first
    int64_t last
    int32_t category
    int32_t entry
    int32_t phrase
    int32_t previous  # the veto on the same category before this one


cdef struct NearTerms:
    int32_t marker  # UNKNOWN where nothing is asked for
    int32_t within  # tokens at most, or 0
    int32_t side
    bint in_sentence


cdef struct Mark:
    # A term of a marker, by its tokens.
    int32_t marker
    Py_ssize_t first
    Py_ssize_t last


cdef struct Entry:
    int32_t category
    int32_t lexicon
    int32_t before
    int32_t after
    NearTerms near
    NearTerms not_near


cdef struct Category:
    # Where its last counted and its last vetoed match lie, and its newest veto.
    int64_t counted_first
    int64_t counted_last
    int64_t vetoed_last
    int32_t newest_veto


cdef struct Widest:
    int64_t first
    int64_t last
    int32_t entry


cdef struct Reached:
    int32_t state
    int64_t last


cdef struct Found:
    int64_t text
    int64_t start
    int64_t end
    int64_t first
    int64_t last
    int64_t near_start
    int64_t near_end
    int32_t lexicon
    int32_t entry
    int32_t phrase
    int32_t longer


assert MATCHES.itemsize == sizeof(Found)

# What each code point does in the upper byte, and what it folds to in the others; 0 where
# nobody asked yet. Untouched pages of it cost no memory.
cdef uint32_t *ROLES = <uint32_t *> calloc(CODE_POINTS, sizeof(uint32_t))
cdef list EXPANSIONS = []
if ROLES == NULL:
    raise MemoryError


cdef uint32_t ask_role(uint32_t code) except 0:
    role, folded = character_role(chr(code))
    if role == LETTER and len(folded) > 1:
        ROLES[code] = (<uint32_t> LETTERS << 24) | <uint32_t> len(EXPANSIONS)
        EXPANSIONS.append(folded)
    else:
        ROLES[code] = (<uint32_t> role << 24) | (<uint32_t> ord(folded[0]) if folded else 0)
    return ROLES[code]


cdef inline bint same_letters(
    const uint32_t *one, const uint32_t *two, Py_ssize_t length
) noexcept nogil:
    cdef Py_ssize_t at
    for at in range(length):
        if one[at] != two[at]:
            return False
    return True


cdef inline uint64_t hash_of(const uint32_t *letters, Py_ssize_t length) noexcept nogil:
    cdef uint64_t hashed = HASH_START
    cdef Py_ssize_t at
    for at in range(length):
        hashed = (hashed ^ letters[at]) * HASH_FACTOR
    return hashed


cdef void *grown(void *block, Py_ssize_t needed, Py_ssize_t *size, size_t item) except NULL:
    """Return a block with room for `needed` items, twice as large as before where it grew."""
    cdef void *larger
    if needed <= size[0] and block != NULL:
        return block
    larger = realloc(block, max(needed, 2 * size[0], 64) * item)
    if larger == NULL:
        raise MemoryError
    size[0] = max(needed, 2 * size[0], 64)
    return larger


# Final, so that methods are called, and inlined, without a table of them.
@cython.final
cdef class Numbers:
    """A map from whole numbers to small whole numbers, -1 where there is none."""

    cdef uint64_t *keys
    cdef int32_t *values
    cdef Py_ssize_t size
    cdef Py_ssize_t used

    def __cinit__(self):
        self._make(1024)

    cdef int _make(self, Py_ssize_t size) except -1:
        self.size, self.used = size, 0
        self.keys = <uint64_t *> calloc(size, sizeof(uint64_t))
        self.values = <int32_t *> calloc(size, sizeof(int32_t))
        if self.keys == NULL or self.values == NULL:
            raise MemoryError
        memset(self.values, 0xFF, size * sizeof(int32_t))
        return 0

    cdef inline Py_ssize_t slot(self, uint64_t key) noexcept nogil:
        cdef Py_ssize_t mask = self.size - 1
        cdef Py_ssize_t at = <Py_ssize_t> ((key * <uint64_t> 0x9E3779B97F4A7C15) >> 32) & mask
        while self.values[at] != UNKNOWN and self.keys[at] != key:
            at = (at + 1) & mask
        return at

    cdef inline int32_t get(self, uint64_t key) noexcept nogil:
        return self.values[self.slot(key)]

    cdef int set(self, uint64_t key, int32_t value) except -1:
        cdef uint64_t *keys = self.keys
        cdef int32_t *values = self.values
        cdef Py_ssize_t old = self.size, at
        if 2 * (self.used + 1) > self.size:
            self._make(2 * old)
            for at in range(old):
                if values[at] != UNKNOWN:
                    self.set(keys[at], values[at])
            free(keys)
            free(values)
        at = self.slot(key)
        if self.values[at] == UNKNOWN:
            self.used += 1
        self.keys[at], self.values[at] = key, value
        return 0

    cdef int clear(self) except -1:
        free(self.keys)
        free(self.values)
        self._make(1024)
        return 0

    def __dealloc__(self):
        free(self.keys)
        free(self.values)


cdef Numbers hashes_of(parts):
    cdef Numbers hashes = Numbers()
    cdef uint64_t hashed
    for part in parts:
        hashed = HASH_START
        for letter in <str> part:
            hashed = (hashed ^ <uint32_t> ord(letter)) * HASH_FACTOR
        hashes.set(hashed, 1)
    return hashes


@cython.final
cdef class Scanner:
    """Compiled lexica with all that was learned of words, classes and states so far."""

    cdef object automaton, abbreviations
    cdef object lock
    cdef int32_t n_categories, n_lexica
    cdef int64_t longest_exclusion
    # Tokens of all texts are numbered through, so that no text has to reset what categories
    # remember.
    cdef int64_t position

    cdef Entry *entries
    cdef Category *categories
    cdef Widest *widest
    cdef Type *types
    cdef uint32_t *forms
    cdef int32_t *type_slots
    cdef State *states
    cdef int32_t *state_entries
    cdef Veto *state_vetoes
    cdef int32_t *state_markers
    cdef Mark *marks
    cdef Py_ssize_t *first_marks  # by marker, and one more: where its marks begin
    cdef int32_t *sentences  # by token
    cdef int32_t *first_steps
    cdef uint64_t *offered  # by class: the signature of its patterns
    cdef Token *tokens
    cdef uint32_t *form
    cdef Veto *vetoes
    cdef Reached *reached
    cdef Found *found
    cdef Py_ssize_t room_types, room_forms, n_slots, room_states, room_state_entries
    cdef Py_ssize_t room_state_vetoes, room_first_steps, room_tokens, room_form, room_vetoes
    cdef Py_ssize_t room_reached, room_found, room_offered
    cdef Py_ssize_t n_types, n_forms, n_states, n_state_entries, n_state_vetoes, n_first_steps, n_classes
    cdef Py_ssize_t n_vetoes, n_found, n_state_markers, n_marks, n_markers, longest_marker
    cdef Py_ssize_t room_state_markers, room_marks, room_sentences, n_text_tokens
    cdef bint has_marks  # whether those of the text are collected
    cdef int32_t sentences_of  # the lexicon whose language cut them; UNKNOWN for none
    cdef Numbers steps, fits
    # Classes of types behind a sign that joins them, for the signs that patterns ask for.
    cdef Numbers behind_signs
    cdef uint8_t signs
    cdef str surface
    # Hashes of the fixed parts of patterns: most new words hold none of them.
    cdef Numbers known_forms, known_heads, known_tails, known_pieces
    cdef list tail_lengths, piece_lengths
    cdef int32_t common_class

    def __cinit__(self, compiled, automaton):
        cdef int32_t number
        cdef Py_ssize_t room = 0
        self.automaton, self.abbreviations = automaton, abbreviations()
        self.lock = Lock()
        self.n_categories, self.n_lexica = compiled.n_categories, len(compiled.lexica)
        self.longest_exclusion = compiled.longest_exclusion
        self.entries = <Entry *> grown(NULL, len(compiled.entries), &room, sizeof(Entry))
        rows = zip(
            compiled.category_of, compiled.lexicon_of, automaton.before, automaton.after,
            strict=True,
        )
        for number, row in enumerate(rows):
            self.entries[number].category, self.entries[number].lexicon = row[0], row[1]
            self.entries[number].before, self.entries[number].after = row[2], row[3]
            self.entries[number].near = near_terms(compiled.near[number])
            self.entries[number].not_near = near_terms(compiled.not_near[number])
        self.n_markers, self.longest_marker = compiled.n_markers, compiled.longest_marker
        room = 0
        self.first_marks = <Py_ssize_t *> grown(
            NULL, self.n_markers + 1, &room, sizeof(Py_ssize_t)
        )
        room = 0
        self.categories = <Category *> grown(NULL, self.n_categories, &room, sizeof(Category))
        room = 0
        self.widest = <Widest *> grown(NULL, self.n_lexica, &room, sizeof(Widest))
        self.steps, self.fits, self.behind_signs = Numbers(), Numbers(), Numbers()
        self.signs = SLASH * ("/" in automaton.signs) | AND * ("&" in automaton.signs)
        self.known_forms = hashes_of(automaton.forms)
        self.known_heads = hashes_of(automaton.heads)
        self.known_tails = hashes_of(automaton.tails)
        self.known_pieces = hashes_of(automaton.pieces)
        self.piece_lengths = sorted(set(map(len, automaton.pieces)))
        self.common_class = automaton.common_class
        self.tail_lengths = sorted(set(map(len, automaton.tails)))
        self.add_classes(self.common_class)
        self.forget_types()
        self.add_state(DEAD)
        self.add_state(ROOT)

    def __dealloc__(self):
        free(self.entries)
        free(self.categories)
        free(self.widest)
        free(self.types)
        free(self.forms)
        free(self.type_slots)
        free(self.states)
        free(self.state_entries)
        free(self.state_vetoes)
        free(self.state_markers)
        free(self.marks)
        free(self.first_marks)
        free(self.sentences)
        free(self.first_steps)
        free(self.offered)
        free(self.tokens)
        free(self.form)
        free(self.vetoes)
        free(self.reached)
        free(self.found)

    def scan(self, list texts, bint nested, bint listing):
        """Count the hits of each category in each text, and list them where `listing`.

        Returns the counts (texts × categories), the tokens of each text, and the
        matches, with those that are blocked, as an array of `MATCHES`.
        """
        with self.lock:  # questions to Python let other threads in
            return self.scan_alone(texts, nested, listing)

    cdef tuple scan_alone(self, list texts, bint nested, bint listing):
        cdef Py_ssize_t place, at, n_kept, n_texts = len(texts)
        counts = np.zeros((n_texts, self.n_categories), dtype=np.int64)
        n_tokens = np.zeros(n_texts, dtype=np.int64)
        cdef int64_t *n_hits = <int64_t *> <size_t> counts.ctypes.data
        cdef int64_t *n_words = <int64_t *> <size_t> n_tokens.ctypes.data
        self.begin_anew()
        for place in range(n_texts):
            if self.n_types > MOST_TYPES:
                self.forget_types()
            self.surface = texts[place]
            n_words[place] = self.cut(self.surface)
            n_kept = self.n_found if listing else 0
            self.n_found = n_kept
            self.match(n_words[place], place, listing)
            if nested:
                self.block_nested(n_kept)
            for at in range(n_kept, self.n_found):
                if self.found[at].phrase < 0 and self.found[at].longer < 0:
                    n_hits[self.entries[self.found[at].entry].category] += 1
            n_hits += self.n_categories
            if listing and self.n_found > n_kept:
                qsort(&self.found[n_kept], self.n_found - n_kept, sizeof(Found), compare_found)
        matches = np.empty(self.n_found if listing else 0, dtype=MATCHES)
        memcpy(<void *> <size_t> matches.ctypes.data, self.found, len(matches) * sizeof(Found))
        return counts, n_tokens, matches

    cdef int begin_anew(self) except -1:
        """Forget all matches: the last scan may have been broken off by an error or Ctrl-C."""
        cdef Py_ssize_t number
        self.position = self.n_found = self.n_vetoes = 0
        for number in range(self.n_categories):
            self.categories[number].counted_first = self.categories[number].counted_last = -1
            self.categories[number].vetoed_last = -1
            self.categories[number].newest_veto = UNKNOWN
        return 0

    # -- tokens ---------------------------------------------------------------------------

    cdef Py_ssize_t cut(self, str text) except -1:
        """Fill the list of tokens, and return how many there are."""
        cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text), n_tokens
        cdef void *data = PyUnicode_DATA(text)
        cdef int kind = PyUnicode_KIND(text)
        self.form = <uint32_t *> grown(self.form, length + 1, &self.room_form, sizeof(uint32_t))
        if kind == PyUnicode_1BYTE_KIND:
            n_tokens = self.cut_units(<uint8_t *> data, length, text)
        elif kind == PyUnicode_2BYTE_KIND:
            n_tokens = self.cut_units(<uint16_t *> data, length, text)
        else:
            n_tokens = self.cut_units(<uint32_t *> data, length, text)
        return n_tokens if n_tokens >= 0 else self.cut_exactly(text)

    cdef Py_ssize_t cut_units(
        self, const code_unit *text, Py_ssize_t length, str surface
    ) except -2:
        """Cut a text by the roles of its characters, or return -1 where they do not decide."""
        cdef Py_ssize_t at = 0, n_tokens = 0, n_letters
        cdef uint32_t role, folded, next_role
        cdef uint32_t *form = self.form
        cdef const uint32_t *roles = ROLES
        cdef uint64_t hashed
        cdef Token *token
        cdef Token *before
        while at < length:
            role = roles[text[at]]
            if role == 0:
                role = ask_role(text[at])
            role >>= 24
            if role != LETTER and role != LETTERS:
                if role == IN_CONTEXT:
                    return -1
                at += 1
                continue
            if n_tokens >= self.room_tokens:
                self.tokens = <Token *> grown(
                    self.tokens, n_tokens + 1, &self.room_tokens, sizeof(Token)
                )
            token = &self.tokens[n_tokens]
            token.start = at
            if n_tokens:
                before = token - 1
                before.gap = gap_of(text, before.end, at, before.ends_in_s)
                if before.gap == 0 and at - before.end == 2 and may_be_torn(text, at, length):
                    return -1
            hashed, n_letters = HASH_START, 0
            while at < length:
                folded = roles[text[at]]
                if folded == 0:
                    folded = ask_role(text[at])
                role = folded >> 24
                folded &= FOLDED
                if role != LETTER:
                    if role == LETTERS:
                        for letter in <str> EXPANSIONS[folded]:
                            # Every character yet to come has room; what one yields beyond
                            # itself has not.
                            self.form = form = <uint32_t *> grown(
                                form, n_letters + length - at + 1, &self.room_form,
                                sizeof(uint32_t),
                            )
                            form[n_letters] = <uint32_t> ord(letter)
                            hashed = (hashed ^ form[n_letters]) * HASH_FACTOR
                            n_letters += 1
                        at += 1
                        continue
                    if role != INSIDE or at + 1 == length:
                        break
                    next_role = roles[text[at + 1]]
                    if next_role == 0:
                        next_role = ask_role(text[at + 1])
                    next_role >>= 24
                    if next_role != LETTER and next_role != LETTERS:
                        break
                form[n_letters] = folded
                hashed = (hashed ^ folded) * HASH_FACTOR
                n_letters += 1
                at += 1
            token.end = at
            self.name(token, n_letters, hashed, surface)
            n_tokens += 1
        return n_tokens

    cdef Py_ssize_t cut_exactly(self, str text) except -1:
        """Cut a text as the exact path does."""
        cdef Py_ssize_t n_tokens, place, at
        cdef uint64_t hashed
        cdef Token *token
        cut = tokenize(text)
        n_tokens = len(cut.forms)
        self.tokens = <Token *> grown(self.tokens, n_tokens, &self.room_tokens, sizeof(Token))
        for place in range(n_tokens):
            token = &self.tokens[place]
            token.start, token.end = cut.original_span(place, place)
            if place + 1 < n_tokens:
                joint = cut.joint(place)
                token.gap = (
                    JOINED * (joint == " ") | STOPPED * (joint == ".")
                    | SLASH * (joint == "/") | AND * (joint == "&")
                    | NEIGHBOURS * cut.neighbours(place)
                )
            form = cut.forms[place]
            self.form = <uint32_t *> grown(
                self.form, len(form), &self.room_form, sizeof(uint32_t)
            )
            hashed = HASH_START
            for at, letter in enumerate(form):
                self.form[at] = <uint32_t> ord(letter)
                hashed = (hashed ^ self.form[at]) * HASH_FACTOR
            self.name(token, len(form), hashed, text)
        return n_tokens

    cdef inline int name(
        self, Token *token, Py_ssize_t length, uint64_t hashed, str text
    ) except -1:
        """Find the type of a token by its form, and its class."""
        cdef Py_ssize_t mask = self.n_slots - 1
        cdef Py_ssize_t slot
        cdef int32_t number
        cdef Type *known
        hashed ^= hashed >> 29
        slot = <Py_ssize_t> hashed & mask
        token.ends_in_s = self.form[length - 1] == 115
        while True:
            number = self.type_slots[slot]
            if number == UNKNOWN:
                number = self.add_type(length, hashed, slot)
                known = &self.types[number]
                break
            known = &self.types[number]
            if (
                known.hash == hashed
                and known.length == length
                and same_letters(&self.forms[known.form], self.form, length)
            ):
                break
            slot = (slot + 1) & mask
        token.type = number
        token.token_class = known.token_class
        if known.heeds_case:
            token.token_class = self.automaton.class_as_written(
                self.form_of(number), text[token.start : token.end]
            )
            self.add_classes(token.token_class)
        return 0

    cdef int32_t add_type(self, Py_ssize_t length, uint64_t hashed, Py_ssize_t slot) except -1:
        cdef int32_t number = <int32_t> self.n_types
        cdef Type *added
        cdef Py_ssize_t old
        self.types = <Type *> grown(self.types, number + 1, &self.room_types, sizeof(Type))
        self.forms = <uint32_t *> grown(
            self.forms, self.n_forms + length, &self.room_forms, sizeof(uint32_t)
        )
        added = &self.types[number]
        added.hash, added.form, added.length = hashed, self.n_forms, <int32_t> length
        memcpy(&self.forms[self.n_forms], self.form, length * sizeof(uint32_t))
        added.token_class, added.heeds_case = self.common_class, False
        added.abbreviation = UNKNOWN
        if self.may_fit(length):
            added.token_class, added.heeds_case = self.automaton.class_of(
                PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, self.form, length)
            )
            self.add_classes(added.token_class)
        self.n_forms += length
        self.n_types += 1
        self.type_slots[slot] = number
        if 2 * self.n_types > self.n_slots:
            self.spread_slots(2 * self.n_slots)
        return number

    cdef int add_classes(self, int32_t last) except -1:
        while self.n_classes <= last:
            self.offered = <uint64_t *> grown(
                self.offered, self.n_classes + 1, &self.room_offered, sizeof(uint64_t)
            )
            self.offered[self.n_classes] = self.automaton.offered(self.n_classes)
            self.n_classes += 1
        return 0

    cdef bint may_fit(self, Py_ssize_t length) except -1:
        """Tell whether a new word holds the fixed part of any pattern, or is a possessive."""
        cdef Py_ssize_t at, tail, piece
        cdef uint64_t hashed = HASH_START
        if length > 2 and self.form[length - 1] == 115 and self.form[length - 2] == 39:
            return True
        for at in range(length):
            if self.known_heads.get(hashed) != UNKNOWN:
                return True
            hashed = (hashed ^ self.form[at]) * HASH_FACTOR
        if self.known_heads.get(hashed) != UNKNOWN or self.known_forms.get(hashed) != UNKNOWN:
            return True
        for tail in self.tail_lengths:
            if tail <= length:
                if self.known_tails.get(hash_of(&self.form[length - tail], tail)) != UNKNOWN:
                    return True
        for piece in self.piece_lengths:
            for at in range(length - piece + 1):
                if self.known_pieces.get(hash_of(&self.form[at], piece)) != UNKNOWN:
                    return True
        return False

    cdef int spread_slots(self, Py_ssize_t size) except -1:
        cdef Py_ssize_t number, slot
        free(self.type_slots)
        self.type_slots = <int32_t *> calloc(size, sizeof(int32_t))
        if self.type_slots == NULL:
            raise MemoryError
        memset(self.type_slots, 0xFF, size * sizeof(int32_t))
        self.n_slots = size
        for number in range(self.n_types):
            slot = <Py_ssize_t> self.types[number].hash & (size - 1)
            while self.type_slots[slot] != UNKNOWN:
                slot = (slot + 1) & (size - 1)
            self.type_slots[slot] = <int32_t> number
        return 0

    cdef int forget_types(self) except -1:
        """Begin the list of words again: a long run keeps meeting new ones."""
        self.n_types = self.n_forms = 0
        self.automaton.forget_words()
        self.fits.clear()
        self.behind_signs.clear()
        self.spread_slots(1 << 14)
        return 0

    cdef str form_of(self, int32_t number):
        cdef Type *known = &self.types[number]
        return PyUnicode_FromKindAndData(
            PyUnicode_4BYTE_KIND, &self.forms[known.form], known.length
        )

    # -- states ---------------------------------------------------------------------------

    cdef int add_state(self, int32_t state) except -1:
        cdef State *added
        cdef Veto *veto
        self.states = <State *> grown(self.states, state + 1, &self.room_states, sizeof(State))
        added = &self.states[state]
        added.wanted = self.automaton.wanted(state)
        added.first_entry = <int32_t> self.n_state_entries
        for entry in self.automaton.entries(state):
            self.state_entries = <int32_t *> grown(
                self.state_entries, self.n_state_entries + 1, &self.room_state_entries, sizeof(int32_t)
            )
            self.state_entries[self.n_state_entries] = entry
            self.n_state_entries += 1
        added.last_entry = <int32_t> self.n_state_entries
        added.first_veto = <int32_t> self.n_state_vetoes
        for category, entry, phrase in self.automaton.vetoes(state):
            self.state_vetoes = <Veto *> grown(
                self.state_vetoes, self.n_state_vetoes + 1, &self.room_state_vetoes, sizeof(Veto)
            )
            veto = &self.state_vetoes[self.n_state_vetoes]
            veto.category, veto.entry, veto.phrase = category, entry, phrase
            self.n_state_vetoes += 1
        added.last_veto = <int32_t> self.n_state_vetoes
        added.first_marker = <int32_t> self.n_state_markers
        for marker in self.automaton.markers(state) if self.n_markers else ():
            self.state_markers = <int32_t *> grown(
                self.state_markers, self.n_state_markers + 1, &self.room_state_markers,
                sizeof(int32_t),
            )
            self.state_markers[self.n_state_markers] = marker
            self.n_state_markers += 1
        added.last_marker = <int32_t> self.n_state_markers
        self.n_states = state + 1
        return 0

    cdef int32_t ask_step(self, int32_t state, int32_t token_class) except -1:
        cdef int32_t reached = self.automaton.step(state, token_class)
        # All that are missing: the last question may have been broken off after its answer.
        while self.n_states <= reached:
            self.add_state(<int32_t> self.n_states)
        return reached

    cdef inline int32_t first_step(self, int32_t token_class) except -1:
        cdef Py_ssize_t old = self.n_first_steps
        if token_class >= old:
            self.first_steps = <int32_t *> grown(
                self.first_steps, token_class + 1, &self.room_first_steps, sizeof(int32_t)
            )
            self.n_first_steps = self.room_first_steps
            memset(&self.first_steps[old], 0xFF, (self.n_first_steps - old) * sizeof(int32_t))
        if self.first_steps[token_class] == UNKNOWN:
            self.first_steps[token_class] = self.ask_step(ROOT, token_class)
        return self.first_steps[token_class]

    cdef inline int32_t step(self, int32_t state, int32_t token_class) except -1:
        cdef uint64_t key = <uint64_t> state << 32 | <uint32_t> token_class
        cdef int32_t reached = self.steps.get(key)
        if reached == UNKNOWN:
            reached = self.ask_step(state, token_class)
            self.steps.set(key, reached)
        return reached

    # -- matches --------------------------------------------------------------------------

    cdef int match(self, Py_ssize_t n_tokens, Py_ssize_t text, bint listing) except -1:
        """List the matches of the text whose tokens were cut last."""
        cdef Py_ssize_t first, last, n_reached, at
        cdef int32_t state
        cdef State *known
        self.n_text_tokens, self.sentences_of, self.has_marks = n_tokens, UNKNOWN, False
        for first in range(n_tokens):
            if self.tokens[first].token_class == 0:
                continue
            state = self.first_step(self.tokens[first].token_class)
            last, n_reached = first, 0
            while state != DEAD:
                known = &self.states[state]
                if known.first_entry < known.last_entry or known.first_veto < known.last_veto:
                    if n_reached >= self.room_reached:
                        self.reached = <Reached *> grown(
                            self.reached, n_reached + 1, &self.room_reached, sizeof(Reached)
                        )
                    self.reached[n_reached].state = state
                    self.reached[n_reached].last = last
                    n_reached += 1
                state = self.next_state(state, last)
                last += 1
            if n_reached:
                self.resolve(first, n_reached, n_tokens, text, listing)
        for at in range(self.n_vetoes):
            self.categories[self.vetoes[at].category].newest_veto = UNKNOWN
        self.n_vetoes = 0
        # A gap of one parts the tokens of this text from those of the next.
        self.position += n_tokens + 1
        return 0

    cdef inline int32_t next_state(self, int32_t state, Py_ssize_t last) except -1:
        """Return the state behind the token after `last`, DEAD where no phrase goes on."""
        cdef int32_t token_class
        if last + 1 == self.n_text_tokens:
            return DEAD
        token_class = self.tokens[last + 1].token_class
        if self.tokens[last].gap & self.signs:
            token_class = self.class_behind_sign(last)
        elif not self.tokens[last].gap & (JOINED | STOPPED):
            return DEAD
        # Most words that follow lead nowhere, and their signatures tell so.
        if not self.states[state].wanted & self.offered[token_class]:
            return DEAD
        if self.tokens[last].gap & STOPPED and not self.goes_on(last):
            return DEAD
        return self.step(state, token_class)

    cdef int collect_marks(self) except -1:
        """List the terms that entries ask for near them, by marker and place."""
        cdef Py_ssize_t first, last, at
        cdef int32_t state
        cdef Mark *mark
        self.n_marks = 0
        for first in range(self.n_text_tokens):
            if self.tokens[first].token_class == 0:
                continue
            state, last = self.first_step(self.tokens[first].token_class), first
            while state != DEAD:
                for at in range(self.states[state].first_marker, self.states[state].last_marker):
                    self.marks = <Mark *> grown(
                        self.marks, self.n_marks + 1, &self.room_marks, sizeof(Mark)
                    )
                    mark = &self.marks[self.n_marks]
                    mark.marker, mark.first, mark.last = self.state_markers[at], first, last
                    self.n_marks += 1
                state = self.next_state(state, last)
                last += 1
        if self.n_marks:
            qsort(self.marks, self.n_marks, sizeof(Mark), compare_marks)
        at = 0
        for state in range(<int32_t> self.n_markers + 1):
            while at < self.n_marks and self.marks[at].marker < state:
                at += 1
            self.first_marks[state] = at
        return 0

    cdef Mark *nearest(
        self, NearTerms *near, int32_t lexicon, Py_ssize_t first, Py_ssize_t last
    ) except? NULL:
        """Return the nearest term: of equally near ones the one before, then the longest."""
        cdef Py_ssize_t low, high, begin, end, middle, at
        cdef Mark *mark
        cdef Mark *before = NULL
        cdef Mark *after = NULL
        if not self.has_marks:  # most texts have no entry that asks for them
            self.collect_marks()
            self.has_marks = True
        begin = low = self.first_marks[near.marker]
        end = high = self.first_marks[near.marker + 1]
        if low == high:
            return NULL
        if near.in_sentence:
            self.cut_sentences(lexicon)
        while begin < end:  # the first mark behind the match
            middle = (begin + end) // 2
            if self.marks[middle].first > last:
                end = middle
            else:
                begin = middle + 1
        if near.side != 1 and begin < high:
            after = &self.marks[begin]
            while begin + 1 < high and self.marks[begin + 1].first == after.first:
                begin += 1
                after = &self.marks[begin]
            if not self.is_within(near, first, after.first, after.first - last):
                after = NULL
        if near.side != 2:
            for at in range(end - 1, low - 1, -1):
                mark = &self.marks[at]
                if mark.last < first and (
                    before == NULL or mark.last > before.last
                    or (mark.last == before.last and mark.first < before.first)
                ):
                    if self.is_within(near, first, mark.first, first - mark.last):
                        before = mark
                if self.is_too_far(near, first, mark, before):
                    break
        if before == NULL or (after != NULL and after.first - last < first - before.last):
            return after
        return before

    cdef inline bint is_within(
        self, NearTerms *near, Py_ssize_t first, Py_ssize_t marked, Py_ssize_t distance
    ) noexcept:
        if near.within and distance > near.within:
            return False
        return not near.in_sentence or self.sentences[marked] == self.sentences[first]

    cdef inline bint is_too_far(
        self, NearTerms *near, Py_ssize_t first, Mark *mark, Mark *before
    ) noexcept:
        """Tell whether no mark that begins earlier can be nearer than what was found."""
        cdef Py_ssize_t last = mark.first + self.longest_marker - 1
        if before != NULL:
            return last < before.last
        if near.within and first - last > near.within:
            return True
        return near.in_sentence and self.sentences[mark.first] < self.sentences[first]

    cdef int cut_sentences(self, int32_t lexicon) except -1:
        """Number the sentences of the tokens, by the language of a lexicon."""
        cdef Py_ssize_t at, number = 0
        cdef list starts
        if self.sentences_of == lexicon:
            return 0
        starts = self.automaton.sentence_starts(lexicon, self.surface)
        self.sentences = <int32_t *> grown(
            self.sentences, self.n_text_tokens, &self.room_sentences, sizeof(int32_t)
        )
        for at in range(self.n_text_tokens):
            while number < len(starts) and <Py_ssize_t> starts[number] <= self.tokens[at].start:
                number += 1
            self.sentences[at] = <int32_t> number
        self.sentences_of = lexicon
        return 0

    cdef int resolve(
        self, Py_ssize_t first, Py_ssize_t n_reached, Py_ssize_t n_tokens, Py_ssize_t text,
        bint listing,
    ) except -1:
        """Take or veto the matches that begin at one token: the longest first (R5, R7)."""
        cdef int64_t here = self.position + first, last
        cdef Py_ssize_t reached, at, n_before = self.n_found, n_vetoed = 0
        cdef int32_t number, phrase
        cdef State *state
        cdef Entry *entry
        cdef Category *category
        cdef Mark *near
        for reached in range(n_reached):
            state = &self.states[self.reached[reached].state]
            for at in range(state.first_veto, state.last_veto):
                self.add_veto(&self.state_vetoes[at], here, self.position + self.reached[reached].last)
        for reached in range(n_reached - 1, -1, -1):
            state = &self.states[self.reached[reached].state]
            last = self.position + self.reached[reached].last
            for at in range(state.first_entry, state.last_entry):
                number = self.state_entries[at]
                entry = &self.entries[number]
                category = &self.categories[entry.category]
                if (entry.before >= 0 or entry.after >= 0) and not self.neighbours_agree(
                    entry, first, last - self.position, n_tokens
                ):
                    continue
                near = NULL
                if entry.not_near.marker >= 0 and self.nearest(
                    &entry.not_near, entry.lexicon, first, last - self.position
                ) != NULL:
                    continue
                if entry.near.marker >= 0:
                    near = self.nearest(&entry.near, entry.lexicon, first, last - self.position)
                    if near == NULL:
                        continue
                phrase = UNKNOWN
                if category.newest_veto != UNKNOWN:
                    phrase = self.vetoing_phrase(category, number, last)
                if phrase == UNKNOWN:
                    if here > category.counted_last:
                        category.counted_first, category.counted_last = here, last
                        self.add_found(text, first, last - self.position, number, UNKNOWN, near)
                elif here > category.vetoed_last:
                    category.vetoed_last = last
                    if listing:
                        self.add_found(text, first, last - self.position, number, phrase, near)
                        n_vetoed += 1
        if n_vetoed:
            self.drop_covered(n_before)
        return 0

    cdef int add_veto(self, Veto *veto, int64_t first, int64_t last) except -1:
        cdef Veto *added
        cdef int32_t newest = self.categories[veto.category].newest_veto
        # Of those that begin at one token, the longest vetoes all that the others do.
        if newest != UNKNOWN:
            added = &self.vetoes[newest]
            if added.first == first and added.entry == veto.entry:
                if last > added.last or (last == added.last and veto.phrase < added.phrase):
                    added.last, added.phrase = last, veto.phrase
                return 0
        self.vetoes = <Veto *> grown(
            self.vetoes, self.n_vetoes + 1, &self.room_vetoes, sizeof(Veto)
        )
        added = &self.vetoes[self.n_vetoes]
        added[0] = veto[0]
        added.first, added.last = first, last
        added.previous = self.categories[veto.category].newest_veto
        self.categories[veto.category].newest_veto = <int32_t> self.n_vetoes
        self.n_vetoes += 1
        return 0

    cdef int32_t vetoing_phrase(
        self, Category *category, int32_t entry, int64_t last
    ) noexcept:
        """Return the phrase that vetoes a match: of those that cover it, the longest."""
        cdef int32_t at = category.newest_veto, best = UNKNOWN
        cdef int64_t length, best_length = 0
        cdef Veto *veto
        while at != UNKNOWN:
            veto = &self.vetoes[at]
            if veto.first <= last - self.longest_exclusion:
                break
            length = veto.last - veto.first + 1
            if (
                veto.last >= last
                and (veto.entry == UNKNOWN or veto.entry == entry)
                and (length > best_length or (length == best_length and veto.phrase < best))
            ):
                best, best_length = veto.phrase, length
            at = veto.previous
        return best

    cdef bint neighbours_agree(
        self, Entry *entry, Py_ssize_t first, Py_ssize_t last, Py_ssize_t n_tokens
    ) except -1:
        if entry.before >= 0 and not (
            first > 0
            and self.beside(first - 1)
            and self.fits_constraint(entry.before, self.tokens[first - 1].type)
        ):
            return False
        return entry.after < 0 or (
            last + 1 < n_tokens
            and self.beside(last)
            and self.fits_constraint(entry.after, self.tokens[last + 1].type)
        )

    cdef inline bint beside(self, Py_ssize_t left) except -1:
        """Tell whether a token and the next are neighbours."""
        return self.tokens[left].gap & NEIGHBOURS != 0 or (
            self.tokens[left].gap & STOPPED != 0 and self.goes_on(left)
        )

    cdef bint goes_on(self, Py_ssize_t left) except -1:
        """Tell whether a token is an abbreviation whose stop breaks no phrase."""
        cdef Token *token = &self.tokens[left]
        cdef Type *known = &self.types[token.type]
        if known.abbreviation == UNKNOWN:
            known.abbreviation = self.abbreviations.may_hold(self.form_of(token.type))
        return known.abbreviation and self.abbreviations.holds(
            self.surface[token.start : token.end], self.form_of(self.tokens[left + 1].type)
        )

    cdef int32_t class_behind_sign(self, Py_ssize_t left) except -1:
        """Return the class of the token behind a sign that joins it to the one before."""
        cdef Token *token = &self.tokens[left + 1]
        cdef uint64_t key = <uint64_t> self.tokens[left].gap << 32 | <uint32_t> token.type
        cdef int32_t known = self.behind_signs.get(key), token_class
        cdef str sign = "/" if self.tokens[left].gap & SLASH else "&"
        if known == UNKNOWN:
            token_class, heeds_case = self.automaton.class_of(self.form_of(token.type), sign)
            known = 2 * token_class + bool(heeds_case)
            self.behind_signs.set(key, known)
        token_class = known >> 1
        if known & 1:
            token_class = self.automaton.class_as_written(
                self.form_of(token.type), self.surface[token.start : token.end], sign
            )
        self.add_classes(token_class)
        return token_class

    cdef bint fits_constraint(self, int32_t constraint, int32_t number) except -1:
        cdef uint64_t key = <uint64_t> constraint << 32 | <uint32_t> number
        cdef int32_t known = self.fits.get(key)
        if known == UNKNOWN:
            known = self.automaton.fits(constraint, self.form_of(number))
            self.fits.set(key, known)
        return known

    cdef int add_found(
        self, Py_ssize_t text, Py_ssize_t first, Py_ssize_t last, int32_t entry, int32_t phrase,
        Mark *near,
    ) except -1:
        cdef Found *added
        if self.n_found >= self.room_found:
            self.found = <Found *> grown(
                self.found, self.n_found + 1, &self.room_found, sizeof(Found)
            )
        added = &self.found[self.n_found]
        added.text, added.first, added.last = text, first, last
        added.start, added.end = self.tokens[first].start, self.tokens[last].end
        added.lexicon, added.entry = self.entries[entry].lexicon, entry
        added.phrase, added.longer = phrase, UNKNOWN
        added.near_start = added.near_end = -1
        if near != NULL:
            added.near_start = self.tokens[near.first].start
            added.near_end = self.tokens[near.last].end
        self.n_found += 1
        return 0

    cdef int drop_covered(self, Py_ssize_t begin) except -1:
        """Drop vetoed matches within one that counts: the veto changed nothing there."""
        cdef Py_ssize_t at, kept = begin
        cdef Category *category
        cdef Found *match
        for at in range(begin, self.n_found):
            match = &self.found[at]
            category = &self.categories[self.entries[match.entry].category]
            if (
                match.phrase == UNKNOWN
                or category.counted_first < 0
                or category.counted_first > self.position + match.first
                or category.counted_last < self.position + match.last
            ):
                self.found[kept] = match[0]
                kept += 1
        self.n_found = kept
        return 0

    cdef int block_nested(self, Py_ssize_t begin) except -1:
        """Block what lies inside a longer match of another category of its lexicon."""
        cdef Py_ssize_t at
        cdef Found *match
        cdef Widest *widest
        for at in range(self.n_lexica):
            self.widest[at].last = -1
        for at in range(begin, self.n_found):
            match = &self.found[at]
            widest = &self.widest[match.lexicon]
            if match.phrase != UNKNOWN:
                continue
            if match.last > widest.last:
                widest.first, widest.last, widest.entry = match.first, match.last, match.entry
            elif match.first != widest.first or match.last != widest.last:
                match.longer = widest.entry
        return 0


cdef NearTerms near_terms(asked):
    cdef NearTerms near
    near.marker = near.within = near.side = UNKNOWN
    near.in_sentence = False
    if asked is not None:
        near.marker, near.within, near.side, near.in_sentence = asked
    return near


cdef int compare_marks(const void *one, const void *two) noexcept nogil:
    """Order the marks of a text by marker and place."""
    cdef Mark *a = <Mark *> one
    cdef Mark *b = <Mark *> two
    if a.marker != b.marker:
        return -1 if a.marker < b.marker else 1
    if a.first != b.first:
        return -1 if a.first < b.first else 1
    return (a.last > b.last) - (a.last < b.last)


cdef int compare_found(const void *one, const void *two) noexcept nogil:
    """Order the matches of a text by lexicon, place and entry."""
    cdef Found *a = <Found *> one
    cdef Found *b = <Found *> two
    if a.lexicon != b.lexicon:
        return -1 if a.lexicon < b.lexicon else 1
    if a.first != b.first:
        return -1 if a.first < b.first else 1
    if a.last != b.last:
        return -1 if a.last < b.last else 1
    return (a.entry > b.entry) - (a.entry < b.entry)


cdef bint may_be_torn(const code_unit *text, Py_ssize_t at, Py_ssize_t length) except -1:
    """Tell whether a letter stands where the t of "didn 't" does."""
    cdef uint32_t role
    if text[at] | 32 != 116 or ROLES[text[at - 1]] != (<uint32_t> INSIDE << 24 | 39):
        return False
    role = 0 if at + 1 == length else ROLES[text[at + 1]] or ask_role(text[at + 1])
    return role >> 24 not in (LETTER, LETTERS)


cdef uint8_t gap_of(
    const code_unit *text, Py_ssize_t at, Py_ssize_t end, bint after_s
) noexcept nogil:
    """Tell what the characters between two tokens let pass (R3): see `Tokens.joint`."""
    cdef uint32_t role
    cdef bint stopped = False
    if end - at == 1:
        if text[at] == 32:
            return JOINED | NEIGHBOURS
        if ROLES[text[at]] == (<uint32_t> BREAK << 24 | 47):
            return SLASH
        if ROLES[text[at]] == (<uint32_t> BREAK << 24 | 38):
            return AND
    if ROLES[text[at]] == (<uint32_t> INSIDE << 24 | 46):
        stopped = True
        at += 1
    # The apostrophe of a plural possessive.
    elif (
        after_s and end - at > 1
        and ROLES[text[at]] == (<uint32_t> INSIDE << 24 | 39)
        and ROLES[text[at + 1]] == (<uint32_t> BLANK << 24 | 32)
    ):
        at += 1
    cdef uint8_t hyphens = 0, breaks = 0, currencies = 0, blanks_before = 0
    cdef bint last_was_return = False
    while at < end:
        role = ROLES[text[at]] >> 24
        if role == LINE_BREAK:
            if not (last_was_return and text[at] == 10):
                breaks += 1
                if breaks > 1:
                    return 0
            last_was_return = text[at] == 13
            at += 1
            continue
        if role != CURRENCY:
            last_was_return = False
        if role == HYPHEN:
            # A hyphen stands first; only the sign of a currency may be before it.
            if hyphens or breaks or blanks_before:
                return 0
            hyphens = 1
        elif role == CURRENCY:
            currencies = 1
        elif role == BLANK:
            blanks_before = 1
        else:
            return 0
        at += 1
    # Behind a hyphen blanks stand only around a line break.
    if hyphens and blanks_before and not breaks:
        return 0
    if stopped:
        return 0 if currencies else STOPPED
    return NEIGHBOURS if currencies else JOINED | NEIGHBOURS
