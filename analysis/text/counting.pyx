# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Tokens counted at the speed of C, where every character of a text stands alone."""

from cpython.unicode cimport (
    PyUnicode_1BYTE_KIND, PyUnicode_2BYTE_KIND, PyUnicode_DATA, PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
)
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.stdlib cimport calloc, free

cdef enum:
    CODE_POINTS = 0x110000

    UNKNOWN = 0
    LETTER = 1
    INSIDE = 2
    OTHER = 3
    IN_CONTEXT = 4

ctypedef fused code_unit:
    uint8_t
    uint16_t
    uint32_t


cdef class Counter:
    """What `count_tokens` has to know of each character, asked once and remembered.

    ``ask(character)`` tells its role; of `roles`, the first builds tokens, the second stands
    within them between two letters, and the third needs its neighbours to be told.
    """

    cdef uint8_t *kinds  # by code point; untouched pages of it cost no memory
    cdef object ask
    cdef tuple roles

    def __cinit__(self, ask, *roles):
        self.kinds = <uint8_t *> calloc(CODE_POINTS, sizeof(uint8_t))
        if self.kinds == NULL:
            raise MemoryError
        self.ask, self.roles = ask, roles

    def __dealloc__(self):
        free(self.kinds)

    def count(self, str text):
        """Return how many tokens a text has, or -1 where its characters alone do not tell."""
        cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
        cdef void *data = PyUnicode_DATA(text)
        cdef int kind = PyUnicode_KIND(text)
        if kind == PyUnicode_1BYTE_KIND:
            return self.count_units(<uint8_t *> data, length)
        if kind == PyUnicode_2BYTE_KIND:
            return self.count_units(<uint16_t *> data, length)
        return self.count_units(<uint32_t *> data, length)

    cdef Py_ssize_t count_units(self, const code_unit *text, Py_ssize_t length) except -2:
        cdef Py_ssize_t at, n_tokens = 0
        cdef const uint8_t *kinds = self.kinds
        cdef uint8_t kind, before = OTHER, last_but_one = OTHER
        cdef int goes_on
        for at in range(length):
            kind = kinds[text[at]]
            if kind == UNKNOWN:
                kind = self.kind_of(text[at])
            if kind == IN_CONTEXT:
                return -1
            # A letter opens a token unless it goes on, behind a letter or one mark within. Words
            # are too short for a processor to guess where they end: no branches.
            goes_on = (before == LETTER) | ((before == INSIDE) & (last_but_one == LETTER))
            n_tokens += (kind == LETTER) & ~goes_on
            # "didn 't" is one token, or may be one.
            if (before == INSIDE) & (last_but_one == OTHER) & ((text[at] | 32) == 116):
                if at + 1 == length or self.kind_of(text[at + 1]) != LETTER:
                    return -1
            last_but_one, before = before, kind
        return n_tokens

    cdef uint8_t kind_of(self, uint32_t code) except 0:
        role = self.ask(chr(code))
        letter, inside, in_context = self.roles
        if role == letter:
            self.kinds[code] = LETTER
        elif role == inside:
            self.kinds[code] = INSIDE
        elif role == in_context:
            self.kinds[code] = IN_CONTEXT
        else:
            self.kinds[code] = OTHER
        return self.kinds[code]
