cimport cython

from analysis.hits.voice.words cimport is_letter
from analysis.hits.voice.words cimport VoiceWords

cdef long long ADVERB, AUXILIARY, BODY, CAPITAL, DETERMINER, DOCUMENT, FINITE, FUNCTION, HE, PAST, PERSON, PREPOSITION
cdef long long PRONOUN, RELATIVE, SHE, SUBORDINATOR, THAT, TIME


cdef class Places:
    cdef list _at, _who

    cpdef add(self, Py_ssize_t number, Py_ssize_t start, object member)

cdef class Run:
    cdef readonly Py_ssize_t start, end
    cdef readonly tuple before, words, folded
    cdef readonly str name, form
    cdef readonly list parts
    cdef readonly bint several, titled, cut, joined, may_ask, of_country, personal, open
    cdef readonly long long gender

@cython.locals(character=Py_UCS4, length=Py_ssize_t)
cpdef Py_ssize_t next_capital(str text, Py_ssize_t at)

@cython.locals(length=Py_ssize_t, end=Py_ssize_t, behind=Py_UCS4, following=Py_UCS4)
cpdef Py_ssize_t run_end(str text, Py_ssize_t at, VoiceWords voice)

cdef bint _is_in_word(Py_UCS4 character)

cpdef bint is_title_case(str text, object small=*)

@cython.locals(before=list, kinds=cython.longlong)
cpdef bint is_subject(str text, Py_ssize_t begin, Py_ssize_t at, bint within, VoiceWords voice)

@cython.locals(begin=Py_ssize_t)
cpdef str word_before(str text, Py_ssize_t at)
