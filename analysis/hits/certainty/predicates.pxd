cimport cython

from analysis.hits.certainty.clauses cimport Clauses
from analysis.hits.certainty.cutting cimport Words
from analysis.hits.certainty.phrases cimport any_of, finite_verb, form_of, has_object, has_subject, helps, is_definite, past_adverbs, phrase_end

cdef long long COMPARING, OF, TO
cdef long long ADVERB, ANY, ANY_VERB, AUXILIARY, BE, BELIEVING, CAPITAL, CHANGING, COMMA, COMPLEMENTIZER
cdef long long COORDINATOR, DETERMINER, DOING, FUNCTION, GERUND, HAPPENING, HAVING, LASTING
cdef long long LIGHT, LINKING, OBJECT, PARTICIPLE, PASSING, PAST, PREPOSITION, PREVENTING, QUESTION_WORD
cdef long long REALIZED, RELATIVE, SUBJECT, SUBORDINATOR, THERE, _LONGEST, _MOST_VERBS


cdef class Predicates:
    cdef public Words words
    cdef public object scopes, cues
    cdef public Clauses clauses
    cdef public long long[::1] first_of, last_of, reach_of
    cdef public set cancelled, cancelling
    cdef public dict negations
    cdef public Py_ssize_t cue

    cpdef bint _is_cancelled(self, Py_ssize_t word)

    cpdef deny(self, Py_ssize_t word, bint whole)

    cpdef deny_all(self, Py_ssize_t first, Py_ssize_t last, bint whole)

    cpdef deny_predicate(self, Py_ssize_t word, Py_ssize_t subject_before, bint copular, bint there)

    cpdef _passive(self, Py_ssize_t word, Py_ssize_t subject_before)

    cpdef _nominal(self, Py_ssize_t word)

    @cython.locals(beside=Py_UCS4)
    cpdef deny_verb(self, Py_ssize_t word, Py_ssize_t subject_before, Py_ssize_t depth)

    cpdef _object(self, Py_ssize_t word, bint does)

    cpdef deny_phrase(self, Py_ssize_t word, bint whole, bint with_of)

    cpdef deny_of_phrase(self, Py_ssize_t last, bint whole)

    cpdef deny_subject(self, Py_ssize_t word, bint whole)

    cpdef deny_relative(self, Py_ssize_t word)

    cpdef deny_clause(self, Py_ssize_t word, Py_ssize_t depth)

    cpdef deny_finite(self, Py_ssize_t verb, bint there, Py_ssize_t depth)

