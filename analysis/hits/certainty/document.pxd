cimport cython

from analysis.hits.certainty.cue cimport Cue, first_behind
from analysis.hits.certainty.scopes cimport Scopes
from analysis.hits.certainty.words cimport CertaintyWords
from analysis.hits.voice.document cimport DocumentVoices


cdef class DocumentCertainty:
    cdef public DocumentVoices voices
    cdef public CertaintyWords lists
    cdef public dict cues, _of_paragraph
    cdef public Py_ssize_t _number, _sentence
    cdef public Scopes _scopes

    @cython.locals(one=Py_ssize_t, begin=Py_ssize_t, stop=Py_ssize_t)
    cpdef Cue cue_at(self, Py_ssize_t number, Py_ssize_t place, Py_ssize_t sentence, bint thing)

    @cython.locals(text=str, mark=Py_ssize_t, cues=list, every=list, at=Py_ssize_t, one=Cue)
    cpdef Scopes scopes(self, Py_ssize_t number, Py_ssize_t begin, Py_ssize_t stop)

    @cython.locals(known=tuple, edges=list, cues=list)
    cpdef tuple _attributed(self, Py_ssize_t number, Py_ssize_t begin, Py_ssize_t stop)

cdef bint _is_number(Cue cue, str text, Py_ssize_t stop)
