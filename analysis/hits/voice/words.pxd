cdef class VoiceWords:
    cdef readonly object language, addressed
    cdef readonly frozenset between, clause_forms, place_forms, occasions, after_source
    cdef readonly frozenset addressing, telling, told_clauses, weak, before_source, before_noun
    cdef readonly frozenset joining, agent, be, passive, participles, seeming, no_adverbs
    cdef readonly frozenset determiners, pronouns, pointing, no_source, who, in_clauses
    cdef readonly frozenset shortened, titles, openers, clipped, plural_endings
    cdef readonly tuple that, adding, participle_endings, gerund_endings, adverb_endings
    cdef readonly tuple possessives
