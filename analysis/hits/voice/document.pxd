cimport cython

from analysis.hits.voice.cast cimport Cast
from analysis.hits.voice.spans cimport Attribution
from analysis.hits.voice.members cimport Member, Speaker, with_mention
from analysis.hits.voice.places cimport voices_at
from analysis.hits.voice.words cimport VoiceWords

cdef long long HE, IT, SHE, THEY
cdef Py_ssize_t _MOST_AT_ONCE, _NEAR, _SENTENCES_BACK


cdef class DocumentVoices:
    cdef public object texts, cues, language
    cdef public Cast _cast
    cdef public VoiceWords words
    cdef public list turns
    cdef public Speaker _interviewee
    cdef public dict _sentences, _quotes, _spoken, _scare, _found
    cdef public dict _fitting
    cdef public dict _near
    cdef public list _heard, _speakers, _last, _since, _going_on
    cdef public Py_ssize_t _known, _looking

    cpdef list sentences(self, Py_ssize_t number)

    cpdef list quotes(self, Py_ssize_t number)

    cpdef list scare_quotes(self, Py_ssize_t number)

    @cython.locals(quotes=list, found=list)
    cpdef list attributions(self, Py_ssize_t number)

    @cython.locals(quotes=list, own=list, near=list, found=list)
    cpdef list voices_at(self, Py_ssize_t number, list places)

    @cython.locals(sentences=list)
    cpdef list _sentences_of(self, Py_ssize_t number, list places)

    cpdef list credited(self, Py_ssize_t number)

    cpdef list _of_headline(self, Py_ssize_t number)

    cpdef list speakers(self, Py_ssize_t number)

    @cython.locals(who=Speaker)
    cpdef Speaker speaker_of(self, Py_ssize_t number, Py_ssize_t one)

    @cython.locals(starts=list, ends=list, before=Py_ssize_t)
    cpdef bint _is_quoted(self, Py_ssize_t number, Py_ssize_t place)

    cpdef tuple _speech(self, Py_ssize_t number)

    @cython.locals(text=str, mention=str, kinds=cython.longlong, who=Speaker, behind=Speaker,
                   meant=Speaker, spoke=Speaker)
    cpdef Speaker _who(
        self, Py_ssize_t number, Attribution one, Speaker last, Py_ssize_t since, bint within
    )

    cpdef long long _pronoun(self, str mention)

    @cython.locals(text=str, own=list, by_source=dict, goes_on=bint, one=Attribution, who=Speaker,
                   last=Speaker, since=Py_ssize_t, within=bint, joined=bint, told=bint)
    cpdef list _named(self, Py_ssize_t number)

