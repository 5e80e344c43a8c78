cimport cython

from analysis.hits.voice.names cimport Run
from analysis.hits.voice.words cimport VoiceWords

cdef long long ADVERB, BODY, DETERMINER, FINITE, FUNCTION, GENERAL_BODY
cdef long long GENERAL_PERSON, GERUND, HE, PAST, PERSON, PLURAL, PREPOSITION, QUANTIFIER, SHE, TIME

cdef class Member:
    cdef public str name, kind
    cdef public tuple words, folded
    cdef public set described
    cdef public long long gender
    cdef public bint open

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
    cdef bint _told_genders

    @cython.locals(number=Py_ssize_t, place=Py_ssize_t, text=str, run=Run)
    cpdef _read(self)

    @cython.locals(at=Py_ssize_t, end=Py_ssize_t, known=list, may_go_on=bint, run=Run)
    cpdef list runs(self, str text)

    @cython.locals(known=tuple, names=dict, last=str)
    cpdef tuple _known(self, str written)

    @cython.locals(member=Member)
    cpdef _add(self, Py_ssize_t number, Py_ssize_t place, Run run)

    @cython.locals(text=str, start=Py_ssize_t, behind_the=bint, person=bint, member=Member)
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

@cython.locals(at=Py_ssize_t, character=Py_UCS4)
cdef bint _behind(str text, Py_ssize_t start, str word)