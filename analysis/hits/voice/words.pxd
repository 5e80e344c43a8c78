cdef class VoiceWords:
    cdef readonly object language, lists, no_adverbs, clipped, plural_endings
    cdef readonly object head_end, conjunction, of_bodies
    cdef readonly dict kinds, names
    cdef readonly tuple past, gerund, adverb, plural, possessives
    cdef dict _known

    cpdef tuple known(self, str written)

    cpdef long long kinds_of(self, str form, str first)
