from analysis.hits.certainty.phrases cimport form_of, has_subject, has_there, is_definite, past_adverbs, phrase_end
from analysis.hits.certainty.predicates cimport Predicates

cdef long long COMPARING, FROM, OF, TO
cdef long long ABSENCE, ADVERB, AGENT, ANY_VERB, AUXILIARY, BE, BELIEVING, CAPITAL
cdef long long COMPLEMENTIZER, CONTRAST, COORDINATOR, DENIAL, DETERMINER, FAILURE, FINITE
cdef long long FUNCTION, GERUND, LASTING, NOTHING, OBJECT, PAST, PREPOSITION, PREVENTION, QUESTION_WORD
cdef long long REGULAR_PAST, RELATIVE, SUBJECT, SUBORDINATOR


cdef class Denials(Predicates):

    cpdef mark(self)

    cpdef _negated(self, Py_ssize_t number, Py_ssize_t first, Py_ssize_t last)

    cpdef _events_behind(self, Py_ssize_t number)

    cpdef _contrasted(self, Py_ssize_t first, Py_ssize_t word)

    cpdef bint _is_verb_of_subject(self, Py_ssize_t first, Py_ssize_t word)

    cpdef _absent(self, Py_ssize_t first, Py_ssize_t last)

    cpdef _subject_absent(self, Py_ssize_t first, Py_ssize_t last)

    cpdef _failed(self, Py_ssize_t last)

    cpdef _prevented(self, Py_ssize_t first, Py_ssize_t last)

    cpdef _denied(self, Py_ssize_t first, Py_ssize_t last)

