cimport cython

from analysis.hits.voice.cutting cimport Words
from analysis.hits.voice.quotes cimport Quote
from analysis.hits.voice.spans cimport Attribution, first_behind
from analysis.hits.voice.words cimport VoiceWords

cdef long long ADVERB, AS, ATTITUDE, AUXILIARY, BODY, BREAK, CAPITAL, COMMA, CONTRAST
cdef long long COORDINATOR, DETERMINER, FINITE, GERUND, KNOWN, NAMING, NEEDS_CLAUSE, NOBODY, NOTHING
cdef long long PAST, PERSON, PREPOSITION, PRONOUN, QUANTIFIER, QUESTION_WORD, QUOTED
cdef long long RELATIVE, STOP, SUBORDINATOR, THAT, UNTOLD



@cython.locals(place=Py_ssize_t, begin=Py_ssize_t, end=Py_ssize_t)
cpdef list joined(object sentences, list quotes)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t, length=Py_ssize_t)
cpdef tuple span(Words w, tuple phrase)

@cython.locals(
    quoted=bint, begin=Py_ssize_t, stop=Py_ssize_t, place=Py_ssize_t, number=Py_ssize_t,
    source_start=Py_ssize_t, source_end=Py_ssize_t, content_start=Py_ssize_t,
    content_end=Py_ssize_t,
)
cpdef Attribution postposed(
    Words w, list quotes, Py_ssize_t start, Py_ssize_t end, tuple source, Py_ssize_t opening,
    Py_ssize_t after, list found
)

@cython.locals(between=str)
cdef bint _opens_clause(Words w, Quote quote, Py_ssize_t opening, list found)

cdef bint _takes_up(Words w, Py_ssize_t at, bint inverted)

@cython.locals(
    at=Py_ssize_t, quote=Py_ssize_t, number=Py_ssize_t, place=Py_ssize_t, begin=Py_ssize_t,
    spoken=tuple, named=tuple, said=tuple, told=cython.longlong, following=cython.longlong,
    own=Quote, marked=Quote,
)
cpdef Attribution preposed(
    Words w, list quotes, Py_ssize_t start, Py_ssize_t end, Py_ssize_t last, tuple source,
    object content, long long kinds, bint weak
)

@cython.locals(stop=Py_ssize_t)
cpdef Attribution act_told(Words w, Py_ssize_t start, Py_ssize_t end, Py_ssize_t last, tuple source)

@cython.locals(following=cython.longlong)
cdef bint _begins_other(Words w, Py_ssize_t at)

@cython.locals(first=Py_ssize_t, number=Py_ssize_t)
cdef bint _in_aside(Words w, Attribution one)

cdef bint _is_what(Words w, tuple source)

cpdef tuple trimmed(str text, Py_ssize_t start, Py_ssize_t end)

cdef bint _is_margin(Py_UCS4 character)

@cython.locals(clause=Py_ssize_t, at=Py_ssize_t, opens=bint, following=Py_ssize_t,
               begin=Py_ssize_t)
cpdef Attribution of_phrase(
    Words w, Py_ssize_t start, Py_ssize_t end, Py_ssize_t first, Py_ssize_t last, Py_ssize_t left
)

@cython.locals(place=Py_ssize_t, end=Py_ssize_t, one=Attribution)
cpdef list without_told_acts(Words w, list found)

@cython.locals(source=Py_ssize_t, opening=Py_ssize_t, outer=Attribution)
cdef bint _goes_on(Words w, Attribution one, list before)

@cython.locals(number=Py_ssize_t, opening=Py_ssize_t, at=Py_ssize_t, farthest=Py_ssize_t,
               word=Py_ssize_t, preposed=bint, added=cython.longlong, shared=bint,
               one=Attribution, later=Attribution)
cpdef list cut_short(Words w, list found)

@cython.locals(behind=Py_ssize_t, number=Py_ssize_t, left=Py_ssize_t, place=Py_ssize_t,
               right=Py_ssize_t, last=Py_ssize_t, quote=Quote, one=Attribution)
cpdef list uncued_quotes(str text, list quotes, list found)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t)
cpdef bint names_source(Words w, Attribution one)

@cython.locals(place=Py_ssize_t, a=Attribution)
cpdef bint is_told(Attribution one, list before)
