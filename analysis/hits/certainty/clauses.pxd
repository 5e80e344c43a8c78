cimport cython

from analysis.hits.certainty.cutting cimport Words
from analysis.hits.certainty.phrases cimport has_subject, opens_clause

cdef long long AUXILIARY, BEHIND_CUE, BREAK, CLOSE, COMMA, COMPLEMENTIZER, CONTRAST, COORDINATOR
cdef long long DETACHED, GERUND, IN_CUE, LINKING, NOTHING, OPEN, OPENS_CONDITION, PARTICIPLE
cdef long long PAST, REGULAR_PAST, RELATIVE, SUBORDINATOR, TELLING


cdef class Clauses:
    cdef public Words words
    cdef public Py_ssize_t n
    cdef public long long[::1] first, last, before, above, main, hedge, reported
    cdef public object edges

    @cython.locals(fields='long long[::1]', most=Py_ssize_t)
    cpdef _lay_out(self)

    cpdef number(self)

    cpdef bint _tells(self, Py_ssize_t word)

    cpdef bint _is_complement(self, Py_ssize_t word)

    cpdef Py_ssize_t _new(self, Py_ssize_t before, Py_ssize_t above, Py_ssize_t word)

    cpdef Py_ssize_t depending(self, Py_ssize_t own)

