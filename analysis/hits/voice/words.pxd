cimport cython

cdef Py_ssize_t _PLACES, _ROOM
cdef cython.ulonglong _PRIME, _MASK


cpdef cython.ulonglong next_key(cython.ulonglong key, Py_UCS4 character)


cdef class SeenWords:
    cdef readonly list forms
    cdef readonly long long[::1] kinds_at
    cdef unsigned long long[::1] _keys
    cdef long long[::1] _room
    cdef Py_ssize_t _n_known, _used

    @cython.locals(begin=Py_ssize_t)
    cpdef long long[::1] room(self, Py_ssize_t length)

    @cython.locals(place=Py_ssize_t, form=str)
    cpdef Py_ssize_t place_of(
        self, str text, Py_ssize_t start, Py_ssize_t end, unsigned long long key
    )

    cpdef long long kinds_of(self, str form, str word)


cdef class VoiceWords(SeenWords):
    cdef readonly object language, lists, no_adverbs, clipped, between_names
    cdef readonly object head_end, conjunction, of_bodies, of_one, named_behind, small
    cdef readonly dict kinds, names
    cdef readonly tuple past, gerund, adverb, plural, possessives, former

    cpdef long long kinds_written(self, str word)

    cpdef long long kinds_of(self, str form, str word)


cpdef bint is_letter(Py_UCS4 character)

@cython.locals(following=Py_UCS4)
cpdef bint joins(str text, Py_ssize_t at, Py_ssize_t stop, str marks)
