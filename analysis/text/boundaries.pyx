# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Sentence boundaries at the speed of C, where a glance decides; the rules decide the rest."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ

from libc.stdint cimport uint8_t

cdef enum:
    UNCLEAR = 0
    GOES_ON = 1
    ENDS = 2

    LONGEST_WORD = 24


cdef inline bint is_lower(Py_UCS4 c) noexcept nogil:
    return c'a' <= c <= c'z'


cdef inline bint is_upper(Py_UCS4 c) noexcept nogil:
    return c'A' <= c <= c'Z'


cdef inline bint is_digit(Py_UCS4 c) noexcept nogil:
    return c'0' <= c <= c'9'


cdef inline bint is_blank(Py_UCS4 c) noexcept nogil:
    return c == c' ' or c == c'\n' or c == c'\t'


cdef class Splitter:
    """The loop of `sentence_spans`, with the words and marks it has to know.

    ``ask(text, begin, at, last)`` tells where the mark at a place ends and whether it
    ends the sentence, -1 for no mark; ``skip(text, end)`` where the next sentence begins.
    """

    cdef uint8_t is_stop[65536]
    cdef frozenset listed
    cdef object ask, skip

    def __cinit__(self, str stops, frozenset listed, ask, skip):
        cdef Py_UCS4 stop
        for stop in stops:
            self.is_stop[stop] = 1
        self.listed, self.ask, self.skip = listed, ask, skip

    def spans(self, str text, Py_ssize_t begin, Py_ssize_t last):
        """Return the sentences between two places of a text."""
        cdef list spans = []
        self.split(text, begin, last, spans)
        return spans

    def count(self, str text, Py_ssize_t begin, Py_ssize_t last):
        """Return how many sentences stand between two places of a text."""
        return self.split(text, begin, last, None)

    cdef Py_ssize_t split(
        self, str text, Py_ssize_t begin, Py_ssize_t last, list spans
    ) except -1:
        """Count the sentences, and list them where there is a list."""
        cdef void *data = PyUnicode_DATA(text)
        cdef int kind = PyUnicode_KIND(text), verdict
        cdef Py_ssize_t at = begin, end, n_spans = 0
        cdef Py_UCS4 c
        cdef bint ends
        while at < last:
            c = PyUnicode_READ(kind, data, at)
            if c > 0xFFFF or not self.is_stop[c]:
                at += 1
                continue
            verdict = self.glance(text, kind, data, begin, at, last) if c == c'.' else UNCLEAR
            if verdict == UNCLEAR:
                end, ends = self.ask(text, begin, at, last)
            else:
                end, ends = at + 1, verdict == ENDS
            at = end if end >= 0 else at + 1
            if ends:
                n_spans += 1
                if spans is not None:
                    spans.append((begin, end))
                while at < last and is_blank(PyUnicode_READ(kind, data, at)):
                    at += 1
                # Beyond the usual blanks, `skip` knows all kinds of white space.
                if not c'!' <= PyUnicode_READ(kind, data, at) <= c'~':
                    at = self.skip(text, at)
                begin = at
        if begin < last:
            n_spans += 1
            if spans is not None:
                spans.append((begin, last))
        return n_spans

    cdef int glance(
        self, str text, int kind, void *data, Py_ssize_t begin, Py_ssize_t at, Py_ssize_t last
    ) except -1:
        """Tell whether a full stop ends a sentence, where its nearest neighbours decide."""
        cdef Py_ssize_t start = at
        cdef Py_UCS4 following
        if at == begin or at + 2 >= last:
            return UNCLEAR
        following = PyUnicode_READ(kind, data, at + 1)
        if is_lower(following) or is_upper(following) or is_digit(following):
            return GOES_ON
        if not is_blank(following):
            return UNCLEAR
        following = PyUnicode_READ(kind, data, at + 2)
        if not is_upper(following) and not is_digit(following):
            return UNCLEAR
        while start > begin and is_digit(PyUnicode_READ(kind, data, start - 1)):
            start -= 1
        if start < at:  # a number; where it opens the sentence, it numbers it
            return GOES_ON if start == begin and at - start <= 3 else UNCLEAR
        while start > begin and is_lower(PyUnicode_READ(kind, data, start - 1)):
            start -= 1
        if at - start < 2 or at - start >= LONGEST_WORD:
            return UNCLEAR
        if start > begin and is_upper(PyUnicode_READ(kind, data, start - 1)):
            start -= 1
        if start > begin and not is_blank(PyUnicode_READ(kind, data, start - 1)):
            return UNCLEAR
        return UNCLEAR if text[start:at] in self.listed else ENDS
