cimport cython

from analysis.hits.certainty.clauses cimport Clauses
from analysis.hits.certainty.cue cimport Cue
from analysis.hits.certainty.cutting cimport Words
from analysis.hits.certainty.denials cimport Denials
from analysis.hits.certainty.phrases cimport has_subject, list_goes_on, opens_clause
from analysis.hits.certainty.words cimport CertaintyWords

cdef long long ABSENCE, ACCUSING, ADVERB, ALTERNATIVE, ANY_VERB, ASIDE, ATTRIBUTIVE, AUTHOR, AUXILIARY, BE
cdef long long BEHIND_CUE, BELIEF, BREAK, CHARGE, CLAUSE, CLOSE, COMMA, COMPARING, COMPLEMENT
cdef long long COMPLEMENTIZER, CONDITION, CONTRAST, COORDINATOR, DETERMINER, DOUBTING, ENDING
cdef long long FOLLOWING, FUNCTION, GERUND, IN_CUE, LEADING, LINKING, MODIFIER, NONE, NOTHING
cdef long long OPEN, OPENS_CONDITION, PAST, PHRASE, PREPOSITION, QUESTION, QUESTION_WORD, RAISING
cdef long long REGULAR_PAST, RELATIVE, SINCE, SUBJECT, SUBORDINATOR, VERB, _LIST_ITEM, _LONGEST
cdef long long _WORDS_TO_VERB


cdef class Scopes:
    cdef public list cues, credits
    cdef public Words words
    cdef public Clauses clauses
    cdef public long long[::1] reach, first, last, counts

    @cython.locals(fields='long long[::1]')
    cpdef _lay_out(self, Py_ssize_t n, CertaintyWords lists)

    cpdef scope(self, Py_ssize_t number)

    cpdef Py_ssize_t decides(self, Py_ssize_t place, bint thing)

    @cython.locals(cue=Cue)
    cpdef _place(self)

    @cython.locals(cue=Cue)
    cpdef _settle(self)

    @cython.locals(cue=Cue, start=Py_ssize_t, end=Py_ssize_t)
    cpdef bint _credits(self, Py_ssize_t number)

    cpdef bint _is_passive(self, Py_ssize_t first)

    cpdef bint _is_untold(self, Py_ssize_t number)

    cpdef bint _is_own(self, Py_ssize_t first)

    cpdef Py_ssize_t _reach_of(self, Py_ssize_t number, Py_ssize_t reach)

    cpdef bint _leads_on(self, Py_ssize_t last)

    @cython.locals(cue=Cue)
    cpdef Py_ssize_t scope_end(self, Py_ssize_t number)

    cpdef bint is_prefix(self, Py_ssize_t number)

    cpdef bint _is_subject(self, Py_ssize_t number)

    cpdef bint _remarks(self, Py_ssize_t word)

    cpdef bint _opened(self, Py_ssize_t last, Py_ssize_t word)

    cpdef _hedge(self)

    cpdef _reach_words(self, Py_ssize_t number, Py_ssize_t first, Py_ssize_t stop)

    cpdef _reach_clause(self, Py_ssize_t number, Py_ssize_t clause)

    cpdef _reach_following(self, Py_ssize_t number)

    cpdef _reach_complements(self, Py_ssize_t number, Py_ssize_t own, Py_ssize_t end)

    cpdef Py_ssize_t _phrase_end(self, Py_ssize_t last)

    cpdef Py_ssize_t _question_start(self, Py_ssize_t number)

    cpdef bint _asks_what(self, Py_ssize_t start, Py_ssize_t last)

