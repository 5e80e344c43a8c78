cimport cython

from analysis.hits.voice.members cimport Member
from analysis.hits.voice.names cimport Places, Run
from analysis.hits.voice.words cimport VoiceWords, remember

cdef long long ADVERB, BODY, DETERMINER, FINITE, FUNCTION, GERUND, HE, PAST, PERSON, PREPOSITION
cdef long long SHE, TIME

cdef class Cast:
    cdef readonly VoiceWords words
    cdef readonly object texts
    cdef object _pattern
    cdef readonly dict members, longer
    cdef readonly list mentions
    cdef dict _by_word, _forms, _in_full, _bodies, _bearing, _described, _fitting
    cdef set _bare
    cdef readonly set places
    cdef list _undescribed
    cdef dict _persons

    @cython.locals(number=Py_ssize_t, place=Py_ssize_t, text=str, run=Run)
    cpdef _read(self)

    @cython.locals(at=Py_ssize_t, end=Py_ssize_t, known=list, may_go_on=bint, run=Run)
    cpdef list runs(self, str text)

    cpdef list named_in(self, str source)

    @cython.locals(known=tuple, names=dict, last=str)
    cpdef tuple _known(self, str written)

    @cython.locals(member=Member, places=Places)
    cpdef _add(self, Py_ssize_t number, Py_ssize_t place, Run run)

    @cython.locals(text=str, start=Py_ssize_t, article=Py_ssize_t, person=bint, member=Member)
    cpdef Member _new(self, Py_ssize_t number, Py_ssize_t place, Run run)

    @cython.locals(one=Member, candidates=list, last=list, persons=list, same=list)
    cpdef Member _bearer(self, str name, str form, tuple folded)

    @cython.locals(member=Member, text=str, first=Py_ssize_t, end=Py_ssize_t)
    cpdef _describe(self, Member member, Py_ssize_t number, Py_ssize_t place, Run run)

    cpdef bint is_person(self, str word)

    @cython.locals(kinds=cython.longlong)
    cpdef bint _tells(self, str word)

    @cython.locals(kinds=cython.longlong)
    cpdef bint _is_modifier(self, str text, Py_ssize_t end)

@cython.locals(word=str)
cdef Py_ssize_t _behind(str text, Py_ssize_t start, tuple words)