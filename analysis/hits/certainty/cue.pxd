from analysis.hits.voice.spans cimport Span


cdef class Cue(Span):
    cdef readonly Py_ssize_t reach, entry
    cdef readonly bint negates, yields
