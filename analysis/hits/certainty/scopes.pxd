cimport cython

from analysis.hits.certainty.words cimport ClauseWords

cdef long SUBORDINATOR, RELATIVE, COMPLEMENTIZER, CONTRAST, COORDINATOR, SUBJECT, AUXILIARY
cdef long PAST, DETERMINER, FUNCTION, BE, DEGREE, RAISING, ATTRIBUTIVE, COMPLEMENT, LEADING
cdef long REGULAR_PAST, NONE, CLAUSE, FOLLOWING, PHRASE, CONDITION, VERB, MODIFIER, QUESTION, ASIDE
cdef long NOTHING, COMMA, BREAK, _WORDS_TO_VERB, _LONG


cdef class Clauses:
    cdef public Py_ssize_t n_words, n_clauses
    cdef public list cues
    cdef public ClauseWords lists
    cdef public long[:] words, clauses, reaches

    @cython.locals(
        n=Py_ssize_t, reach=long, word=long, last=long, own=long, first=long, end=long, other=long
    )
    cpdef object scope(self, Py_ssize_t number)

    @cython.locals(
        word=long, clause=long, whole=long, hedge=long, of_hedge=long, denial=long, odd=bint,
        negation=long, number=long, own=long,
    )
    cpdef long decides(self, Py_ssize_t place)

@cython.locals(low=long, high=long, middle=long)
cdef long _word_at(Clauses self, Py_ssize_t place)

@cython.locals(number=Py_ssize_t, previous=Py_ssize_t, word=long, last=long)
cdef _settle(Clauses self, str text)

@cython.locals(
    words=long[:], reach=long, gap=long, previous=long, own=long, passive=bint, attributive=bint
)
cdef long _settled(Clauses self, str text, object cue, long word, long last)

@cython.locals(words=long[:], following=long)
cdef bint _leads_on(Clauses self, long last)

@cython.locals(words=long[:], at=long, limit=long)
cdef bint _is_set_off(Clauses self, long word, long last)

@cython.locals(words=long[:], at=long, limit=long, kind=long, n_words=long)
cdef long _span_end(Clauses self, long reach, long last)

@cython.locals(furthest=long, limit=long, clause=long, above=long)
cdef long _following_end(Clauses self, long own, long last, long end)

@cython.locals(words=long[:], word=long, after=long, previous=Py_ssize_t)
cdef long _question_start(Clauses self, Py_ssize_t number)

@cython.locals(
    words=long[:], clauses=long[:], reaches=long[:], cues=list, n_cues=Py_ssize_t,
    n_edges=Py_ssize_t, cue=Py_ssize_t, edge=Py_ssize_t, current=long, interrupted=long,
    has_verb=bint, opening=bint, has_comma=bint, word=long, start=long, kind=long, gap=long,
    behind_cue=bint, first_of_cue=bint, in_cue=bint, at_condition=bint, at_edge=bint,
    opens=bint, inherits=bint, empty=bint, above=long, main=long,
)
cdef _number(Clauses self, list edges)

@cython.locals(number=Py_ssize_t, clauses=long[:])
cdef long _new(Clauses self, long before, long above, long word)

@cython.locals(words=long[:], at=long, kind=long, limit=long)
cdef bint _opens_clause(Clauses self, long word, bint has_verb, bint has_comma)

@cython.locals(main=long)
cdef long _depending(Clauses self, long own)

@cython.locals(
    words=long[:], clauses=long[:], reaches=long[:], cues=list, n_cues=Py_ssize_t,
    onward=long[:], clause=long, cue=Py_ssize_t, word=long, own=long, above=long, field=int,
    number=Py_ssize_t, reach=long, last=long, negates=bint, other=long,
)
cdef _apply(Clauses self)

@cython.locals(words=long[:])
cdef _reach_word(Clauses self, long word, Py_ssize_t number, bint negates)

@cython.locals(clauses=long[:])
cdef _reach_clause(Clauses self, long clause, Py_ssize_t number, bint negates)
