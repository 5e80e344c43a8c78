cimport cython

from analysis.hits.voice.spans cimport Attribution


@cython.locals(
    n=Py_ssize_t, order=list, known=dict, around=list, opened=Py_ssize_t, quoted=Py_ssize_t,
    start=Py_ssize_t, number=Py_ssize_t, inside=bint, one=Attribution,
)
cpdef list voices_at(list starts, list quotes, list found, object turn=*)

@cython.locals(one=Attribution)
cdef _leave(list around, list found, Py_ssize_t start)

cdef bint _of_the_narrator(Py_ssize_t start, Attribution one)
