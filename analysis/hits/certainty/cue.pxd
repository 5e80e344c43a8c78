cimport cython


cdef class Cue:
    cdef readonly Py_ssize_t start, end, reach, entry
    cdef readonly bint negates, yields

@cython.locals(low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t, one=Cue)
cpdef Py_ssize_t first_behind(list cues, Py_ssize_t place)
