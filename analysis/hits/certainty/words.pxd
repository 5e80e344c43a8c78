cimport cython

cdef cython.longlong _MASK

@cython.locals(code=cython.longlong)
cpdef cython.longlong next_key(cython.longlong key, Py_UCS4 character)


cdef class ClauseWords:
    cdef readonly long phrase_words
    cdef readonly frozenset asides
    cdef readonly tuple past_endings
    cdef readonly cython.longlong size
    cdef readonly cython.longlong[:] keys, kinds
