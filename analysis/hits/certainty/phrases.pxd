from analysis.hits.certainty.cutting cimport Words

cdef long long ADVERB, ANY, ANY_VERB, AUXILIARY, BE, CAPITAL, COMMA, COMPLEMENTIZER, CONTRAST
cdef long long COORDINATOR, DEFINITE, DETERMINER, FUNCTION, NOTHING, PARTICIPLE, POSSESSIVE
cdef long long PREPOSITION, REGULAR_PAST, RELATIVE, SUBJECT, SUBORDINATOR, THERE, _LIST_ITEM
cdef long long _LONGEST, _WORDS_TO_VERB

cpdef bint has_subject(Words w, Py_ssize_t word)

cpdef bint opens_clause(Words w, Py_ssize_t word, bint has_verb, bint has_comma)

cpdef str form_of(Words w, Py_ssize_t word)

cpdef Py_ssize_t past_adverbs(Words w, Py_ssize_t word)

cpdef bint is_definite(Words w, Py_ssize_t word)

cpdef Py_ssize_t phrase_end(Words w, Py_ssize_t word)

cdef bint _list_item(Words w, Py_ssize_t word)

cpdef bint list_goes_on(Words w, Py_ssize_t word)

cpdef bint has_there(Words w, Py_ssize_t word)

cpdef bint any_of(Words w, Py_ssize_t word, Py_ssize_t last)

cpdef bint has_object(Words w, Py_ssize_t word)

cpdef bint helps(Words w, Py_ssize_t verb)

cpdef Py_ssize_t finite_verb(Words w, Py_ssize_t word)
