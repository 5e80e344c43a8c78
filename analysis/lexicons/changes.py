"""A lexicon with one entry changed, to measure what that entry is worth."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.errors import ArgumentError, LexiconError
from analysis.lexicons.checking import check_entries, faults_named, warn_of
from analysis.lexicons.model import Lexicon


def change_entry(
    lexicon: Lexicon,
    category: str,
    term: str,
    *,
    unless: str | Sequence[str] = (),
    drop: bool = False,
) -> Lexicon:
    """Return a copy of a lexicon in which one entry is dropped or vetoed by more phrases.

    Parameters
    ----------
    lexicon : Lexicon
        The lexicon. It is not changed.
    category : str
        The entry's category.
    term : str
        The entry, as written in the lexicon and in the column ``entry`` of hits. Where it
        stands several times, with other conditions, all of them change.
    unless : str or sequence of str, optional
        Phrases that veto the entry, besides those that do already.
    drop : bool, default False
        Leave the entry out.

    Returns
    -------
    Lexicon
        Of the same name and version; its ``id`` ends in another hash. Write it to a file with
        `save_lexicon`.

    Raises
    ------
    LexiconError
        If the lexicon has no such category or entry, the category would be empty, or a phrase
        breaks a rule.
    ValueError
        If neither or both of `unless` and `drop` are given.

    Warns
    -----
    LexiconWarning
        If a phrase can never match.

    Examples
    --------
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*", "danger*"]})
    >>> changed = fa.change_entry(lexicon, "security", "threat*", unless="threat of rain")
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat of rain."]))
    >>> fa.find_hits(paragraphs, changed)["blocked_by"].tolist()
    ['threat of rain']
    """
    phrases = (unless,) if isinstance(unless, str) else tuple(unless)
    if drop == bool(phrases):
        raise ArgumentError("give either phrases as unless or drop=True")
    names = lexicon.category_names
    if category not in names:
        raise LexiconError(
            f"{lexicon.name} has no category {category!r}; there are {', '.join(map(repr, names))}"
        )
    old = lexicon.categories[names.index(category)]
    if all(entry.term != term for entry in old.entries):
        raise LexiconError(
            f"category {category!r} of {lexicon.name} has no entry {term!r}; write it as in "
            "lexicon.entries, with its asterisk"
        )
    entries = []
    for entry in old.entries:
        if entry.term != term:
            entries.append(entry)
        elif not drop:
            unless = tuple(dict.fromkeys((*entry.unless, *phrases)))
            entries.append(replace(entry, unless=unless))
    if not entries:
        raise LexiconError(
            f"{term!r} is the only entry of category {category!r} of {lexicon.name}; add another "
            "before you drop it"
        )
    with faults_named(lexicon.name):
        problems = check_entries(entries, old.exclude, category, foreign=True)
    known = set(lexicon.problem_list)
    warn_of([problem for problem in problems if problem not in known], (), lexicon.name)
    others = [problem for problem in lexicon.problem_list if problem.category != category]
    new = replace(old, entries=tuple(entries))
    return replace(
        lexicon,
        categories=tuple(new if each is old else each for each in lexicon.categories),
        problem_list=(*others, *problems),
    )
