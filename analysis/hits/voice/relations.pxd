cimport cython

from analysis.hits.voice.complements cimport Complement
from analysis.hits.voice.spans cimport Attribution
from analysis.hits.voice.cutting cimport Words
from analysis.hits.voice.words cimport VoiceWords

cdef long long ADDRESSING, ADVERB, AGENT, AS, AUTHOR, AUXILIARY, BE, BODY, BREAK, CAPITAL
cdef long long CITING, COLON, COMMA, CONTRAST, COORDINATOR, DENYING, DETERMINER, DOCUMENT
cdef long long EXPRESSING, FINITE, FUNCTION, GERUND, INDEFINITE, MUTE, NAMING, NEEDS_CLAUSE, NEGATOR
cdef long long NOBODY
cdef long long NOMINAL, NOTHING, NOUN, PARTICIPLE, PAST, PERSON, PLURAL
cdef long long POSSESSIVE, PREPOSITION, PRONOUN, QUOTED, SEEMING, STOP
cdef long long SUBORDINATOR, THAT, TIME, TO, WITH

@cython.locals(begin=Py_ssize_t, stop=Py_ssize_t)
cpdef list attributions_in(str text, object sentences, list quotes, object cues, VoiceWords words)

@cython.locals(after=Py_ssize_t, left=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, start=Py_ssize_t,
               end=Py_ssize_t, subcategory=str, found=list, one=Attribution)
cdef list _in_sentence(Words w, list quotes, object cues, VoiceWords words)

@cython.locals(kinds=cython.longlong, previous=cython.longlong, passive=cython.longlong, behind=Py_ssize_t,
               negated=cython.longlong, infinitive=cython.longlong, be=cython.longlong, past=cython.longlong, quoted_after=cython.longlong, weak=cython.longlong,
               by=cython.longlong, gap=cython.longlong, inverted=cython.longlong, nobody=cython.longlong, opening=Py_ssize_t,
               before=cython.longlong, as_told=cython.longlong, told=cython.longlong, closes=cython.longlong, clause_before=cython.longlong,
               number=Py_ssize_t, source=tuple, owned=cython.longlong, of_noun_only=cython.longlong,
               asked=cython.longlong, must_speak=cython.longlong, named=cython.longlong,
               content=Complement)
cdef Attribution _attribution(
    Words w, list quotes, Py_ssize_t start, Py_ssize_t end, Py_ssize_t first, Py_ssize_t last,
    str subcategory, Py_ssize_t left, list found, VoiceWords words
)

@cython.locals(negated=cython.longlong, infinitive=cython.longlong, be=cython.longlong, kinds=cython.longlong,
               gap=cython.longlong, named=cython.longlong)
cdef tuple _verb_group(Words w, Py_ssize_t left, Py_ssize_t at)

@cython.locals(source=tuple)
cdef Attribution _of_purpose(
    Words w, list quotes, Py_ssize_t start, Py_ssize_t end, Py_ssize_t last, Py_ssize_t left,
    Py_ssize_t behind, long long kinds, list found
)

cdef bint _stands_alone(Words w, Py_ssize_t left, Py_ssize_t behind)

cdef tuple _of_gerund(Words w, Py_ssize_t left, Py_ssize_t first, list found)

cdef tuple _shared(Words w, Py_ssize_t before, list found)
