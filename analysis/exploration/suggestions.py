"""Words and phrases of a corpus that a category may be missing, by three signs."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from analysis.errors import TableError, check_count, check_text, names_of
from analysis.exploration.terms import Placed, TermIndex
from analysis.hits.find import find_hits
from analysis.hits.kwic import keywords_in_context
from analysis.languages.language import LanguageName
from analysis.lexicons.changes import category_of
from analysis.lexicons.loading import lexicon_from_dict
from analysis.lexicons.model import Lexicon, check_lexicon
from analysis.lexicons.terms import matchable_patterns, matches_pattern
from analysis.statistics.association import weighted_log_odds
from analysis.statistics.intervals import wilson_low
from analysis.tables.checks import empty_table, make_table
from analysis.tables.schema import PLACE
from analysis.text.segmentation import split_paragraphs


def suggest_terms(
    documents: pd.DataFrame,
    lexicon: Lexicon,
    category: str,
    *,
    n: int = 30,
    min_occurrences: int = 3,
    stop_words: Iterable[str] | None = None,
    n_contexts: int = 3,
    language: LanguageName | None = None,
) -> pd.DataFrame:
    """Suggest words and phrases of your corpus that a category may be missing.

    Three signs are combined, by the mean of the ranks they give; a sentence that stands several
    times in the corpus counts once. ``z``: the term stands in
    sentences with hits of the category more often than elsewhere (log-odds with a Dirichlet
    prior of the corpus' own frequencies, two-term variance). ``similarity``: it stands
    among the same words as those hits do (cosine of positive pointwise mutual information
    with the other words of the sentence). ``share_contexts``: it takes the place of those hits
    (share of its pairs of left and right word, boundaries of sentences included, between which
    hits stand too; the lower bound of Wilson's interval, since few pairs tell little). None
    knows what a word means: read the contexts, and decide. Nothing is added to the lexicon.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``. The larger the corpus, the better the suggestions; under some
        hundred sentences with hits they are mostly chance.
    lexicon : Lexicon
        The lexicon to extend.
    category : str
        One of its categories.
    n : int, default 30
        How many suggestions to return at most.
    min_occurrences : int, default 3
        Leave out terms that are rarer.
    stop_words : iterable of str, optional
        Words that are no suggestion by themselves, nor at either end of a phrase; by default
        the function words of the documents' languages.
    n_contexts : int, default 3
        How many occurrences to show of each.
    language : str or path, optional
        As in `split_paragraphs`.

    Returns
    -------
    pandas.DataFrame
        Table ``suggestions``, the best first: words, and phrases of two words, outside the
        category's own hits. Forms of one word that differ in a short ending are one suggestion
        with a wildcard, where it matches no other word of the corpus; ``forms`` lists them.
        ``new_hits`` and ``share_paragraphs_with`` are what adding that one term would bring. In
        ``share_capitalised`` names are near 1.

    Raises
    ------
    LexiconError
        If the lexicon has no such category.
    TableError
        If `documents` breaks its schema, or holds no hit of the category.
    ValueError
        If a number is below 1.

    References
    ----------
    Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words. Political
    Analysis 16(4), 372-403. Bullinaria, J. A., & Levy, J. P. (2007). Extracting semantic
    representations from word co-occurrence statistics. Behavior Research Methods 39,
    510-526. Mintz, T. H. (2003). Frequent frames as a cue for grammatical categories in child
    directed speech. Cognition 90(1), 91-117.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["The threat and the peril grow.", "A peril, a threat.", "Rain fell. Rain fell."]
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> documents = fa.documents_from_texts(texts)
    >>> found = fa.suggest_terms(documents, lexicon, "threat", min_occurrences=2)
    >>> found[["term", "n_with_category", "new_hits"]].values.tolist()[0]
    ['peril', 2, 2]
    """
    check_lexicon(lexicon)
    check_text("category", category)
    if stop_words is not None:
        stop_words = names_of("stop_words", stop_words)
    for name, number in (("n", n), ("min_occurrences", min_occurrences)):
        check_count(name, number, "give 1 or more")
    check_count("n_contexts", n_contexts, "give 0 or more", least=0)
    category_of(lexicon, category)
    paragraphs = split_paragraphs(documents, language=language)
    hits = find_hits(paragraphs, lexicon, in_context=False, language=language)
    _refuse_none(hits[hits["category"] == category], category)
    index = TermIndex(paragraphs, stop_words=stop_words, language=language)
    table = suggestions_from(index, lexicon, category, hits, n=n, min_occurrences=min_occurrences)
    return table.assign(contexts=_contexts(index.paragraphs, table["term"].tolist(), n_contexts))


def suggestions_from(
    index: TermIndex,
    lexicon: Lexicon,
    category: str,
    hits: pd.DataFrame,
    *,
    n: int = 30,
    min_occurrences: int = 3,
    without: Collection[str] = (),
) -> pd.DataFrame:
    """Return the table of `suggest_terms` for hits of the category, without contexts.

    Neither what an entry of the category matches is suggested, whatever it asks for around it,
    nor what one of the terms in `without` does. ``in_categories`` is told from hits of other
    categories, if some are among `hits`.
    """
    in_category = hits["category"] == category
    own = hits[in_category]
    _refuse_none(own, category)
    placed = index.place(own)
    counts = own["blocked_by"].isna().to_numpy()[placed.row]
    counted = Placed(*(part[counts] for part in placed))
    taken, with_hit = index.tokens_in(placed), index.sentences_with(counted)
    free = index.free_occurrences(taken)
    total, inside = index.count(free, with_hit)
    if not (total - inside).any():
        raise TableError(
            f"every sentence holds a hit of {category!r}, so there is nothing to compare with; "
            "give more documents"
        )
    if not inside.any():
        raise TableError(
            f"beside the hits of {category!r} the documents hold no other words; give more "
            "documents"
        )
    held = np.flatnonzero(total)
    log_odds, z = np.full((2, index.n_terms), np.nan)
    log_odds[held], z[held] = weighted_log_odds(inside[held], (total - inside)[held], total[held])
    similarity = np.zeros(index.n_terms)
    similarity[index.candidates] = index.similarity(free, with_hit)
    n_contexts, n_shared = index.shared_contexts(free, counted)
    share = wilson_low(n_shared, n_contexts)
    often = index.candidates[total[index.candidates] >= min_occurrences]
    rank = sum(rankdata(-sign[often]) for sign in (z, similarity, share))
    ordered = often[np.lexsort([often, rank])]
    known = [entry.term for entry in category_of(lexicon, category).entries]
    chosen = list(_unknown(index, ordered.tolist(), [*known, *without], n))
    if not chosen:
        return empty_table("suggestions")
    terms = np.array(chosen)
    table = pd.DataFrame(
        {
            "category": category,
            "term": [index.name(term) for term in chosen],
            "forms": ["; ".join(map(" ".join, index.forms(term))) for term in chosen],
            "log_odds": log_odds[terms],
            "z": z[terms],
            "similarity": similarity[terms],
            "n_shared_contexts": n_shared[terms],
            "share_contexts": share[terms],
            "contexts": "",
        }
    )
    others = _categories_by_token(index, hits[~in_category])
    now = np.unique(index.paragraph_of[index.sentence[counted.first]])
    rows = [_effects(index, term, taken, free, with_hit, now, others) for term in chosen]
    return make_table("suggestions", table.join(pd.DataFrame(rows)))


def _refuse_none(own: pd.DataFrame, category: str) -> None:
    if own["blocked_by"].notna().all():
        raise TableError(
            f"the documents hold no hit of {category!r}, so nothing can be associated with it; "
            "give more documents or another category"
        )


def _unknown(index: TermIndex, terms: list[int], known: Collection[str], n: int) -> Iterator[int]:
    """Yield the first terms of which known ones do not match every form."""
    patterns = [cut for term in known if (cut := matchable_patterns(term))]
    for term in terms:
        if not all(any(_fits(cut, form) for cut in patterns) for form in index.forms(term)):
            yield term
            n -= 1
            if not n:
                return


def _fits(patterns: tuple[str, ...], form: tuple[str, ...]) -> bool:
    return len(patterns) == len(form) and all(map(matches_pattern, patterns, form))


def _categories_by_token(index: TermIndex, hits: pd.DataFrame) -> dict[str, np.ndarray]:
    """Tell which tokens are part of hits of each category."""
    categories = hits.groupby("category", sort=True)
    return {str(name): index.tokens_in(index.place(own)) for name, own in categories}


def _effects(
    index: TermIndex,
    term: int,
    taken: np.ndarray,
    free: np.ndarray,
    with_hit: np.ndarray,
    now: np.ndarray,
    others: dict[str, np.ndarray],
) -> dict[str, Any]:
    """Return what a term would add, what finds it already, and how it is written."""
    own = index.occurrences(term)
    first, last = index.first[own], index.last[own]
    sentence = index.sentence[first]
    paragraph = index.paragraph_of[sentence]
    new = ~taken[first] & ~taken[last]
    inside = sentence[free[own]]
    gained = np.setdiff1d(paragraph[new], now)
    n_paragraphs = len(index.paragraphs)
    capital = np.maximum(index.capital[first], index.capital[last])
    told = np.minimum(index.capital[first], index.capital[last]) >= 0
    return {
        "n_occurrences": len(first),
        "n_documents": index.paragraphs["document_id"].iloc[np.unique(paragraph)].nunique(),
        "n_with_category": len(np.unique(inside[with_hit[inside]])),
        "in_categories": ", ".join(
            name for name, tokens in others.items() if (tokens[first] | tokens[last]).any()
        ),
        "new_hits": int(new.sum()),
        "share_paragraphs": len(now) / n_paragraphs,
        "share_paragraphs_with": (len(now) + len(gained)) / n_paragraphs,
        "share_capitalised": capital[told].mean() if told.any() else None,
    }


def _contexts(paragraphs: pd.DataFrame, terms: list[str], n: int) -> list[str]:
    """Show some occurrences of each term with the words around them."""
    if not terms:
        return []
    # A category each, so that a phrase hides none of the words in it.
    candidates = lexicon_from_dict("candidates", {term: [term] for term in terms})
    found = find_hits(paragraphs, candidates, in_context=False)
    # The first ones of different paragraphs, since one text repeats itself.
    shown = found.drop_duplicates([*PLACE, "category"]).groupby("category").head(n)
    around = keywords_in_context(paragraphs, shown, width=40)
    lines = around["left"] + " [" + around["keyword"] + "] " + around["right"]
    of_term = lines.groupby(around["category"]).agg(" ¦ ".join)
    return [of_term.get(term, "") for term in terms]
