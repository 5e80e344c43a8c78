cimport cython

from analysis.hits.voice.cutting cimport Words

cdef long long ADVERB, AUTHOR, AUXILIARY, BEFORE_NOUN, BODY, BREAK, CAPITAL, COLON, COMMA, CONTRAST
cdef long long COORDINATOR, DETERMINER, DOCUMENT, FINITE, FUNCTION, GERUND, MUTE, NOBODY
cdef long long NOTHING, NUMBER, PAST, PERSON, PLURAL, POSSESSIVE, PREPOSITION, PRONOUN
cdef long long QUANTIFIER, QUESTION_WORD, QUOTED, RELATIVE, STOP, SUBORDINATOR, THAT, TIME
cdef long long TO, NOUN, POINTING
cdef Py_ssize_t _LONGEST_SOURCE, _MOST_ASIDES

@cython.locals(head=Py_ssize_t, number=Py_ssize_t, kinds=cython.longlong, told=cython.longlong, tells=cython.longlong,
               following=Py_ssize_t, of=cython.longlong)
cpdef bint may_speak(Words w, Py_ssize_t first, Py_ssize_t last)

cpdef bint is_noun_like(long long kinds)

cpdef bint is_noun(long long kinds, long long previous, str form)

@cython.locals(kinds=cython.longlong, before=cython.longlong)
cpdef bint is_verb(Words w, Py_ssize_t at)

@cython.locals(first=Py_ssize_t, at=Py_ssize_t, kinds=cython.longlong, begin=Py_ssize_t, named=cython.longlong, subject=cython.longlong, verbal=cython.longlong)
cdef tuple _noun_phrase(Words w, Py_ssize_t left, Py_ssize_t last)

@cython.locals(relative=Py_ssize_t)
cdef Py_ssize_t _before_relative(Words w, Py_ssize_t left, Py_ssize_t verb)

@cython.locals(kinds=cython.longlong, before=Py_ssize_t, first=Py_ssize_t, subject=cython.longlong)
cdef bint _is_aside(Words w, Py_ssize_t left, Py_ssize_t start, Py_ssize_t last)

@cython.locals(at=Py_ssize_t, start=Py_ssize_t, kinds=cython.longlong, first=Py_ssize_t,
               subject=cython.longlong, end=Py_ssize_t)
cpdef tuple subject_before(Words w, Py_ssize_t left, Py_ssize_t last)

@cython.locals(first=Py_ssize_t)
cpdef tuple beside(Words w, Py_ssize_t left, Py_ssize_t last)

@cython.locals(at=Py_ssize_t, first=Py_ssize_t)
cdef tuple _antecedent(Words w, Py_ssize_t left, Py_ssize_t relative)

@cython.locals(number=Py_ssize_t)
cdef Py_ssize_t _split_off(Words w, Py_ssize_t first, Py_ssize_t last)

@cython.locals(kinds=cython.longlong, bare=cython.longlong)
cdef Py_ssize_t _without_openers(Words w, Py_ssize_t first, Py_ssize_t last)

cpdef tuple first_subject(Words w, Py_ssize_t before)

cpdef tuple subject_behind(Words w, Py_ssize_t at)

@cython.locals(last=Py_ssize_t)
cdef tuple _opening_subject(Words w, Py_ssize_t first, Py_ssize_t before)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t, kinds=cython.longlong, number=Py_ssize_t,
               end=Py_ssize_t)
cpdef tuple phrase_after(Words w, Py_ssize_t at, bint of_phrase=*)

@cython.locals(form=str, following=cython.longlong)
cdef bint _goes_on(Words w, Py_ssize_t at)

@cython.locals(name=Py_ssize_t)
cdef Py_ssize_t _name_before(Words w, Py_ssize_t left, Py_ssize_t first)

cdef bint _is_of_name(Words w, Py_ssize_t at)

cdef bint _is_time(Words w, Py_ssize_t at)

@cython.locals(number=Py_ssize_t)
cdef bint _is_described(Words w, Py_ssize_t first, Py_ssize_t last)

@cython.locals(number=Py_ssize_t)
cdef bint _is_named(Words w, Py_ssize_t start, Py_ssize_t end)
