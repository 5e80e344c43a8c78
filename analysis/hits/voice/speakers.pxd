cimport cython


@cython.locals(
    run=list, at=Py_ssize_t, start=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t,
    between=bint, character=Py_UCS4, spaced=str,
)
cpdef collect_names(str text, dict full, set places, dict words)

@cython.locals(start=Py_ssize_t)
cdef str _word_behind(str text, Py_ssize_t end)

@cython.locals(plain=str)
cdef _extend(list run, str written, dict full, dict words)

@cython.locals(plain=str)
cdef str _bare(str written, dict words)

cdef bint _is_space(Py_UCS4 character)

cdef bint _is_capital(Py_UCS4 character)

cdef bint _is_letter(Py_UCS4 character)
