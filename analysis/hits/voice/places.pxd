cimport cython


@cython.locals(
    n=Py_ssize_t, order=list, known=dict, around=list, opened=Py_ssize_t, quoted=Py_ssize_t,
    start=Py_ssize_t, number=Py_ssize_t, inside=bint,
)
cpdef list voices_at(list starts, list quotes, list found, object turn=*)

cdef bint _of_the_narrator(Py_ssize_t start, object one)
