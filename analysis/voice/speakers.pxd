cimport cython


@cython.locals(run=list, at=Py_ssize_t, length=Py_ssize_t, start=Py_ssize_t)
cpdef collect_names(str text, dict full)

@cython.locals(word=str, plain=str)
cdef _extend(list run, str written, dict full)

cdef Py_ssize_t _word_end(str text, Py_ssize_t at, Py_ssize_t length)

cdef bint _name_follows(str text, Py_ssize_t at, Py_ssize_t length)

cdef bint _is_space(Py_UCS4 character)

cdef bint _is_capital(Py_UCS4 character)

cdef bint _is_letter(Py_UCS4 character)
