cimport cython


cdef class DocumentVoices:
    cdef public object names, texts, cues, language
    cdef public dict words
    cdef public dict _sentences, _quotes, _scare, _found, _speakers, _last, _going_on

    cpdef list sentences(self, Py_ssize_t number)

    cpdef list quotes(self, Py_ssize_t number)

    cpdef list scare_quotes(self, Py_ssize_t number)

    cpdef list attributions(self, Py_ssize_t number)

    cpdef list speakers(self, Py_ssize_t number)


@cython.locals(
    opened=Py_ssize_t, quoted=Py_ssize_t, start=Py_ssize_t, number=Py_ssize_t, inside=bint
)
cpdef list voices_at(list starts, list quotes, list found)
