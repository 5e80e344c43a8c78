cimport cython


cdef class Span:
    cdef readonly Py_ssize_t start, end

cdef class Attribution:
    cdef public Py_ssize_t cue_start, cue_end, source_start, source_end, content_start, content_end
    cdef public bint quoted, weak

@cython.locals(low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t, one=Span)
cpdef Py_ssize_t first_behind(list spans, Py_ssize_t place)
