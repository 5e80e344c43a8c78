cimport cython

from analysis.hits.certainty.words cimport CertaintyWords
from analysis.hits.voice.words cimport is_letter, joins, next_key

cdef long long BREAK, CLOSE, COMMA, NOTHING, OPEN


cdef class Words:
    cdef public str text
    cdef public CertaintyWords lists
    cdef public Py_ssize_t begin, stop, n
    cdef public long long[::1] start, end, kinds, gap, clause, hedge, denial, whole, role

    @cython.locals(fields='long long[::1]', most=Py_ssize_t)
    cpdef _lay_out(self)

    @cython.locals(
        character=Py_UCS4, key=cython.ulonglong, lists=CertaintyWords, first=Py_ssize_t,
        at=Py_ssize_t,
    )
    cpdef _cut(self)

    cpdef Py_ssize_t at(self, Py_ssize_t place)

    cpdef bint is_of(self, Py_ssize_t word)

    cpdef long long kinds_before(self, Py_ssize_t word)

    cpdef bint joined(self, Py_ssize_t word)


@cython.locals(character=Py_UCS4, beside=Py_UCS4)
cdef Py_ssize_t _gap(str text, Py_ssize_t at, Py_ssize_t stop)
