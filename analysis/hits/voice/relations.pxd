cimport cython

ctypedef (Py_ssize_t, Py_ssize_t) span


@cython.locals(
    start=Py_ssize_t, end=Py_ssize_t, begin=Py_ssize_t, stop=Py_ssize_t,
    number=Py_ssize_t, place=Py_ssize_t, n_sentences=Py_ssize_t,
    starts=list, ends=list, found=list, goes_on=bint,
)
cpdef list attributions_in(str text, list sentences, list quotes, list cues, dict words)

@cython.locals(
    source_start=Py_ssize_t, source_end=Py_ssize_t,
    content_start=Py_ssize_t, content_end=Py_ssize_t, postposed=bint, quoted=bint, weak=bint,
)
cdef object _attribution(
    str text, Py_ssize_t begin, Py_ssize_t first, Py_ssize_t stop, Py_ssize_t start,
    Py_ssize_t end, str subcategory, object before, object after, dict words
)

@cython.locals(
    left=Py_ssize_t, at=Py_ssize_t, source_start=Py_ssize_t, source_end=Py_ssize_t,
    word_start=Py_ssize_t, word_end=Py_ssize_t, mark=Py_ssize_t, edge=Py_ssize_t,
    middle=Py_ssize_t, outer=Py_ssize_t, opening=Py_ssize_t, _=Py_ssize_t, other_start=Py_ssize_t, other_end=Py_ssize_t,
    limit=Py_ssize_t, closes=bint, set_off=bint, postposed=bint,
)
cdef (Py_ssize_t, Py_ssize_t, bint) _subject(
    str text, Py_ssize_t begin, Py_ssize_t first, Py_ssize_t stop, Py_ssize_t start,
    Py_ssize_t end, object before, dict words
)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t)
cdef bint _is_noun(str text, Py_ssize_t start, dict words)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t)
cdef bint _goes_on(str text, Py_ssize_t at, Py_ssize_t stop, dict words)

@cython.locals(cue=str, is_be=bint)
cdef bint _is_passive(
    str text, Py_ssize_t word_start, Py_ssize_t word_end, Py_ssize_t start, Py_ssize_t end, dict words
)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t)
cdef span _agent(str text, Py_ssize_t end, Py_ssize_t stop, dict words)

@cython.locals(number=Py_ssize_t, at=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t)
cdef bint _tells_somebody(str text, Py_ssize_t start, Py_ssize_t end, Py_ssize_t stop, dict words)

@cython.locals(end=Py_ssize_t, words=Py_ssize_t, start=Py_ssize_t, after=Py_ssize_t, closed=bint)
cdef Py_ssize_t _with_name(str text, Py_ssize_t first, Py_ssize_t last, Py_ssize_t stop)

@cython.locals(source_start=Py_ssize_t, source_end=Py_ssize_t, source=list)
cdef span _inverted(str text, Py_ssize_t end, Py_ssize_t stop, dict words)

cdef bint _is_between(str word, dict words)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t)
cdef bint _on_an_occasion(str text, Py_ssize_t end, Py_ssize_t stop, dict words)

@cython.locals(
    limit=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t
)
cdef span _source_after(str text, Py_ssize_t at, Py_ssize_t stop, dict words)

@cython.locals(at=Py_ssize_t)
cdef bint _joins(str text, Py_ssize_t start, Py_ssize_t end)

@cython.locals(end=Py_ssize_t, last=Py_ssize_t)
cdef span _word_behind(str text, Py_ssize_t at, Py_ssize_t limit)

@cython.locals(last=Py_ssize_t, character=Py_UCS4)
cdef span _word_before(str text, Py_ssize_t left, Py_ssize_t at)

cdef Py_ssize_t _last_break(str text, Py_ssize_t left, Py_ssize_t at)

cdef bint _within_number(str text, Py_ssize_t at)

@cython.locals(at=Py_ssize_t)
cdef bint _has_visible(str text, Py_ssize_t start, Py_ssize_t end)

cdef span _trimmed(str text, Py_ssize_t start, Py_ssize_t end)

@cython.locals(ending=str)
cdef bint _ends_in(str text, Py_ssize_t end, tuple endings)

cdef bint _is_letter(Py_UCS4 character)

cdef bint _in_word(Py_UCS4 character)

cdef bint _is_blank(Py_UCS4 character)

cdef bint _is_margin(Py_UCS4 character)

cdef bint _opens_quotation(Py_UCS4 character)

@cython.locals(start=Py_ssize_t, end=Py_ssize_t, words=list)
cdef span _before_colon(str text, Py_ssize_t left, Py_ssize_t at)
