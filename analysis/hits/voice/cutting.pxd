cimport cython

from analysis.hits.voice.words cimport VoiceWords, is_letter, joins, next_key

cdef long long NOTHING, COMMA, BREAK, COLON, STOP, QUOTED


cdef class Words:
    cdef public str text
    cdef public Py_ssize_t begin, stop, n
    cdef public long long[::1] start, end, kinds, gap, quote
    cdef public long long last_gap, last_quote
    cdef public list form

    @cython.locals(fields='long long[::1]', most=Py_ssize_t)
    cpdef _lay_out(self, VoiceWords lists)

    @cython.locals(
        text=str, stop=Py_ssize_t, at=Py_ssize_t, first=Py_ssize_t, number=Py_ssize_t,
        n_quotes=Py_ssize_t, gap=cython.longlong, quote=cython.longlong, character=Py_UCS4,
        key=cython.ulonglong, place=Py_ssize_t,
    )
    cpdef _cut(self, object quotes, VoiceWords lists)

    cpdef long long gap_before(self, Py_ssize_t word)

    cpdef long long quote_before(self, Py_ssize_t word)

    @cython.locals(low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t)
    cpdef Py_ssize_t at(self, Py_ssize_t place)


@cython.locals(character=Py_UCS4, spaced=bint)
cdef long long _gap(str text, Py_ssize_t at, Py_ssize_t stop)
