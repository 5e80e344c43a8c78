cimport cython

from analysis.hits.voice.cast cimport Cast
from analysis.hits.voice.members cimport Member, Speaker, with_mention
from analysis.hits.voice.names cimport Run
from analysis.hits.voice.cutting cimport Words

cdef long long BODY, DETERMINER, DOCUMENT, GENERAL_BODY, GENERAL_PERSON, PERSON, PLURAL
cdef long long HE, PREPOSITION, QUANTIFIER, SHE


@cython.locals(text=str, source=Words, mention=str, parts=list, named=list, names=list)
cpdef Speaker speaker_named(
    Cast cast, Py_ssize_t number, Py_ssize_t start, Py_ssize_t end, object last
)

@cython.locals(run=Run, place=Py_ssize_t, own=list, whole=list, behind=str)
cdef Speaker _named_by(Cast cast, str mention, Py_ssize_t number, Py_ssize_t start, object last)

@cython.locals(member=Member, alone=bint, name=str)
cdef Speaker _of_run(
    Cast cast, Run run, str called, Py_ssize_t number, Py_ssize_t place, object last
)

@cython.locals(head=list, noun=str, kinds=cython.longlong)
cdef Speaker _description(
    Cast cast, str mention, Py_ssize_t number, Py_ssize_t start, object last
)
