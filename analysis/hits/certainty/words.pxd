cdef class CertaintyWords:
    cdef readonly frozenset yielding, no_adverbs
    cdef readonly tuple past, gerund, adverb, possessives
    cdef dict _listed, _known

    cpdef long long kinds(self, str written)

    cpdef long long _kinds_of(self, str written)
