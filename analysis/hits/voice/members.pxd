cdef class Speaker:
    cdef readonly str name, kind, mention

cdef class Member:
    cdef public str name, kind
    cdef public tuple words, folded
    cdef public set described
    cdef public long long gender
    cdef public bint asked, open

cpdef Speaker with_mention(Speaker who, str mention)
