cimport cython

from analysis.hits.certainty.cue cimport Cue
from analysis.hits.certainty.document cimport DocumentCertainty
from analysis.hits.voice.contents cimport Attribution
from analysis.hits.voice.document cimport DocumentVoices
from analysis.hits.voice.members cimport Speaker


cdef class Contexts:
    cdef public list voice, speaker, speaker_kind, speaker_mention, voice_cue, scare_quote
    cdef public list certainty, certainty_cue
    cdef public object language, _labels
    cdef public list _document_of, _texts, _places
    cdef public Py_ssize_t _first
    cdef public dict _attribution, _certainty, _sentences

    @cython.locals(
        n_places=Py_ssize_t, at=Py_ssize_t, text=Py_ssize_t, begin=Py_ssize_t, stop=Py_ssize_t,
        last=Py_ssize_t, document=long,
    )
    cpdef _read_until(self, Py_ssize_t end)

    @cython.locals(
        voices=DocumentVoices, reader=DocumentCertainty, at=Py_ssize_t, n_places=Py_ssize_t,
        last=Py_ssize_t, number=Py_ssize_t,
    )
    cpdef _read_document(self, Py_ssize_t begin, Py_ssize_t stop, list places)

    @cython.locals(
        text=str, quotes=list, attributions=list, at_place=list, place=Py_ssize_t,
        start=Py_ssize_t, sentence=Py_ssize_t, thing=bint, voice=long, one=Py_ssize_t,
        who=Speaker, cue=Cue,
    )
    cpdef _read_paragraph(
        self, DocumentVoices voices, DocumentCertainty reader, Py_ssize_t number, list places
    )

cdef bint _lies_in(Py_ssize_t place, list spans)

cdef _words(str text, Attribution one)
