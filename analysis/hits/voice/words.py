"""The words by which voices are told apart, as words.yml says."""

from pathlib import Path

import yaml

_LISTS = {
    name: frozenset(words.split())
    for name, words in yaml.safe_load(
        Path(__file__).with_name("words.yml").read_text("utf-8")
    ).items()
}

BETWEEN = _LISTS["between"]
CLAUSE_WORDS = _LISTS["clause_words"]
OCCASIONS = _LISTS["occasions"]
ADDRESSING = _LISTS["addressing"]
WEAK = _LISTS["weak"]
BEFORE_NOUN = _LISTS["before_noun"]
BE = _LISTS["be"]
PARTICIPLES = _LISTS["participles"]
SEEMING = _LISTS["seeming"]
NO_ADVERBS = _LISTS["no_adverbs"]
DETERMINERS = _LISTS["determiners"]
PRONOUNS = _LISTS["pronouns"]
POINTING = _LISTS["pointing"]
NO_SOURCE = _LISTS["no_source"]
IN_CLAUSES = _LISTS["in_clauses"]
SHORTENED = _LISTS["shortened"]
TITLES = _LISTS["titles"]
OPENERS = _LISTS["openers"]
