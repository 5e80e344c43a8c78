cimport cython


@cython.locals(opened=Py_ssize_t, quoted=Py_ssize_t, start=Py_ssize_t, number=Py_ssize_t, inside=bint)
cpdef list voices_at(list starts, list quotes, list found)
