from analysis.hits.voice.words cimport SeenWords


cdef class CertaintyWords(SeenWords):
    cdef readonly frozenset yielding, no_adverbs
    cdef readonly tuple past, gerund, adverb, possessives
    cdef dict _listed
