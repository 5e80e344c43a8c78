cimport cython

from analysis.hits.voice.spans cimport Span
from analysis.hits.voice.words cimport VoiceWords


cdef class Quote(Span):
    cdef readonly bint closed, scare, work

@cython.locals(at=Py_ssize_t, end=Py_ssize_t, position=Py_ssize_t, mark=str)
cpdef list quotes_in(str text, str following, object words)

@cython.locals(at=Py_ssize_t, length=Py_ssize_t, character=Py_UCS4, inside=bint)
cdef list _marks(str text)

cdef bint _is_mark(Py_UCS4 character)

@cython.locals(behind=Py_ssize_t)
cdef bint _may_open(str text, Py_ssize_t at, str mark, object words)

@cython.locals(end=Py_ssize_t, limit=Py_ssize_t)
cdef bint _is_clipped(str text, Py_ssize_t start, object words)

@cython.locals(behind=Py_ssize_t, spaced=bint)
cdef bint _may_close(str text, Py_ssize_t at, str mark)

@cython.locals(best=Py_ssize_t, number=Py_ssize_t, place=Py_ssize_t, plural=bint)
cdef Py_ssize_t _closer(str text, Py_ssize_t at, str mark, dict closers, object words)

@cython.locals(words=Py_ssize_t, inside=bint, at=Py_ssize_t, character=Py_UCS4)
cdef bint _is_scare(str text, Py_ssize_t start, Py_ssize_t end)
