cimport cython

cdef long long BODY, DOCUMENT, HE, PERSON, SHE


cdef class Run:
    cdef readonly Py_ssize_t start, end
    cdef readonly tuple before, words, folded
    cdef readonly str name, form
    cdef readonly list parts
    cdef readonly bint several, titled, cut, joined, of_country, personal, open
    cdef readonly long long gender

@cython.locals(character=Py_UCS4, length=Py_ssize_t)
cpdef Py_ssize_t next_capital(str text, Py_ssize_t at)

cpdef bint is_title_case(str text)
