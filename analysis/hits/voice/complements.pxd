cimport cython

from analysis.hits.voice.cutting cimport Words

cdef long long ADDRESSED, ADVERB, AUXILIARY, BODY, BREAK, CAPITAL, CITING, COLON, COMMA, CONTRAST
cdef long long COORDINATOR, DETERMINER, FINITE, GERUND, NOTHING, PAST, PERSON, PLURAL
cdef long long PREPOSITION, PRONOUN, QUESTION_WORD, QUOTED, RELATIVE, STOP, SUBORDINATOR
cdef long long THAT, TIME, TO
cdef Py_ssize_t _FAR_VERB, _LONGEST_OCCASION


cdef class Complement:
    cdef readonly str kind
    cdef readonly Py_ssize_t at

@cython.locals(gap=cython.longlong, kinds=cython.longlong, number=Py_ssize_t)
cpdef bint closes_after(Words w, Py_ssize_t at)

cpdef bint ends_there(Words w, Py_ssize_t at)

@cython.locals(gap=cython.longlong, kinds=cython.longlong, number=Py_ssize_t, moved=Py_ssize_t,
               citing=cython.longlong)
cpdef Complement complement_after(Words w, Py_ssize_t at, bint addressing)

@cython.locals(kinds=cython.longlong)
cdef bint _is_occasion(Words w, Py_ssize_t at)

@cython.locals(number=Py_ssize_t, kinds=cython.longlong, opens=cython.longlong, heard=cython.longlong)
cdef Py_ssize_t _behind_addressee(Words w, Py_ssize_t at)

@cython.locals(number=Py_ssize_t, kinds=cython.longlong, past=cython.longlong, following=cython.longlong)
cpdef bint is_clause(Words w, Py_ssize_t at)

cpdef bint ends_there(Words w, Py_ssize_t at)

@cython.locals(number=Py_ssize_t)
cpdef bint addresses(Words w, Py_ssize_t at)
