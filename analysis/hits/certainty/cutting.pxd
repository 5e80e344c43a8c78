cimport cython

from analysis.hits.certainty.words cimport ClauseWords, next_key

cdef long REGULAR_PAST, NOTHING, COMMA, BREAK, _LONG, _MANY


@cython.locals(number=Py_ssize_t, inside=bint, at=Py_ssize_t)
cdef Py_ssize_t _count_words(str text, Py_ssize_t begin, Py_ssize_t stop)

@cython.locals(
    words=long[:], at=Py_ssize_t, gap=int, number=Py_ssize_t, start=Py_ssize_t,
    key=cython.longlong, character=Py_UCS4, kind=long,
    most=Py_ssize_t,
)
cpdef tuple cut_words(str text, Py_ssize_t begin, Py_ssize_t stop, ClauseWords lists)

cdef bint _is_letter(Py_UCS4 character)

@cython.locals(place=cython.longlong)
cdef long _kinds_of(long long key, ClauseWords lists)

@cython.locals(at=Py_ssize_t, ending=str)
cdef bint _is_past(str text, Py_ssize_t start, Py_ssize_t end, ClauseWords lists)

@cython.locals(following=Py_UCS4)
cdef bint _joins(str text, Py_ssize_t at, Py_ssize_t stop)

@cython.locals(character=Py_UCS4, beside=Py_UCS4)
cdef int _gap(str text, Py_ssize_t at, Py_ssize_t stop)
