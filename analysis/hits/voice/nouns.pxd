cimport cython

from analysis.hits.voice.spans cimport Attribution
from analysis.hits.voice.cutting cimport Words

cdef long long ADVERB, AUTHOR, AUXILIARY, BE, BELIEF, BODY, CAPITAL, CITING, COLON
cdef long long DETERMINER, DOCUMENT, FINITE, FUNCTION, GERUND, ISSUING, LIGHT, NOBODY, NOTHING, PAST, PERSON, PLURAL, POSSESSIVE
cdef long long PREPOSITION, PRONOUN, QUOTED, THAT, TIME, WILLING

@cython.locals(at=Py_ssize_t, following=Py_ssize_t, number=Py_ssize_t, quote=Py_ssize_t)
cpdef Attribution of_noun(
    Words w, list quotes, Py_ssize_t start, Py_ssize_t end, Py_ssize_t first, Py_ssize_t last,
    list found
)

@cython.locals(begin=Py_ssize_t)
cdef Attribution _made(
    Words w, list quotes, Py_ssize_t start, Py_ssize_t end, Py_ssize_t last, Py_ssize_t verb
)

@cython.locals(begin=Py_ssize_t)
cdef Py_ssize_t _begin_of(Words w, Py_ssize_t at)

cpdef Attribution felt(
    Words w, list quotes, Py_ssize_t start, Py_ssize_t end, Py_ssize_t last, tuple source,
    bint negated
)

@cython.locals(at=Py_ssize_t, stop=Py_ssize_t, source_start=Py_ssize_t, source_end=Py_ssize_t)
cpdef Attribution act_of_noun(
    Words w, Py_ssize_t start, Py_ssize_t end, Py_ssize_t first, Py_ssize_t last
)

@cython.locals(verb=Py_ssize_t)
cpdef tuple who_issued(Words w, Py_ssize_t left, tuple own)
