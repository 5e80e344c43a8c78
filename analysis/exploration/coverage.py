"""What a lexicon finds in a corpus and what it may miss: coverage, and terms to consider."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from analysis.errors import LexiconError, TableError, check_count, check_text, names_of
from analysis.hits.find import find_hits
from analysis.hits.kwic import keywords_in_context
from analysis.hits.summaries import count_entries, find_overlaps
from analysis.languages.language import LanguageName, languages_of
from analysis.lexicons.loading import lexicon_from_dict
from analysis.lexicons.model import Lexicon, check_lexicon
from analysis.statistics.association import weighted_log_odds
from analysis.tables.checks import check_table, empty_table, make_table
from analysis.tables.schema import PLACE
from analysis.text.segmentation import split_paragraphs, split_sentences
from analysis.text.tokens import base_form, tokenize

_CLASS = ["lexicon", "category"]
_ENTRY = [*_CLASS, "subcategory", "entry"]
_CARRIED = 0.5
# More candidates or neighbours than this change no rank that anybody reads.
_MOST_CANDIDATES = 20_000
_MOST_NEIGHBOURS = 5_000


def lexicon_coverage(hits: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Tell of every entry whether it fires, and how much of the score it carries.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table ``hits``, with all hits of `lexicon` in a corpus.
    lexicon : Lexicon
        What was looked for: it says which entries never fired.

    Returns
    -------
    pandas.DataFrame
        Table ``coverage``: one row for each entry, in each category the most frequent
        first. ``status`` is ``carries`` for the fewest entries that make up half of the
        category's hits, ``fires`` for others with hits, ``blocked`` where every hit was
        vetoed, ``silent`` without any. ``n_shared`` counts hits that overlap those of
        another category.

    Raises
    ------
    TableError
        If `hits` is no table of hits, or holds none of this lexicon but some of
        another version of it.

    Examples
    --------
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*", "menace", "peril"]})
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat, a menace, threats."]))
    >>> coverage = fa.lexicon_coverage(fa.find_hits(paragraphs, lexicon), lexicon)
    >>> coverage[["entry", "status", "n_hits"]].values.tolist()
    [['threat*', 'carries', 2], ['menace', 'fires', 1], ['peril', 'silent', 0]]
    """
    check_lexicon(lexicon)
    hits = check_table(hits, "hits")
    own = hits[hits["lexicon"] == lexicon.id]
    others = hits["lexicon"][hits["lexicon"].str.startswith(f"{lexicon.name}@")].unique()
    if own.empty and len(others):
        raise TableError(
            f"the hits are of {others[0]}, the lexicon is {lexicon.id}; find the hits again with "
            "this lexicon"
        )
    entries = lexicon.entries.rename(columns={"term": "entry"}).assign(lexicon=lexicon.id)
    entries = entries[_ENTRY].drop_duplicates()
    table = entries.merge(count_entries(own), on=_ENTRY, how="left")
    table = table.merge(_shared(own), on=[*_CLASS, "entry"], how="left")
    none = dict.fromkeys(("n_hits", "n_blocked", "n_documents", "n_shared"), 0)
    table = table.fillna({**none, "surfaces": "", "shared_with": ""})
    table["place"] = table["category"].map({c: n for n, c in enumerate(lexicon.category_names)})
    table = table.sort_values(
        ["place", "n_hits", "n_blocked", "entry"], ascending=[True, False, False, True]
    )
    total = table.groupby("category")["n_hits"].transform("sum")
    # An entry without hits has no share of them only where nobody has.
    table["share"] = (table["n_hits"] / total).where(total > 0)
    table["cumulative_share"] = table.groupby("category")["share"].cumsum()
    before = (table["cumulative_share"] - table["share"]).fillna(1.0)
    fires = table["n_hits"] > 0
    conditions = [fires & (before < _CARRIED - 1e-12), fires, table["n_blocked"] > 0]
    table["status"] = np.select(conditions, ["carries", "fires", "blocked"], "silent")
    return make_table("coverage", table.drop(columns="place"))


def _shared(hits: pd.DataFrame) -> pd.DataFrame:
    """Return for each entry how many of its hits overlap those of which other categories."""
    overlaps = find_overlaps(hits)
    pairs = pd.concat(
        [
            overlaps[[*PLACE, "start", "end"]].assign(
                **{name: overlaps[f"{name}_{one}"] for name in (*_CLASS, "entry", "surface")},
                other=overlaps[f"category_{other}"],
            )
            for one, other in (("a", "b"), ("b", "a"))
        ]
    )
    by_other = pairs.groupby([*_CLASS, "entry", "other"]).size().rename("n").reset_index()
    by_other = by_other.sort_values(["n", "other"], ascending=[False, True])
    by_other["shared_with"] = by_other["other"] + " (" + by_other["n"].astype(str) + ")"
    named = by_other.groupby([*_CLASS, "entry"])["shared_with"].agg(", ".join)
    # A hit that two other categories overlap is one hit.
    single = pairs.drop_duplicates([*PLACE, "start", "surface", *_CLASS, "entry"])
    sizes = single.groupby([*_CLASS, "entry"]).size().rename("n_shared")
    return pd.concat([named, sizes], axis="columns").reset_index()


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

    Two signs are combined, by the mean of the ranks they give; a sentence that stands several
    times in the corpus counts once. ``z``: the term stands in
    sentences with hits of the category more often than elsewhere (log-odds with a Dirichlet
    prior of the corpus' own frequencies, two-term variance). ``similarity``: it stands
    among the same words as those hits do (cosine of positive pointwise mutual information
    with the other words of the sentence). Neither knows what a word means: read the
    contexts, and decide. Nothing is added to the lexicon.

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
        category's own hits. ``new_hits`` and ``share_paragraphs_with`` are what adding
        that one term would bring.

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
    510-526.

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
    if category not in lexicon.category_names:
        raise LexiconError(
            f"the lexicon {lexicon.name!r} has no category {category!r}; it has "
            f"{', '.join(lexicon.category_names)}"
        )
    paragraphs = split_paragraphs(documents, language=language)
    paragraphs = paragraphs.sort_values(PLACE, ignore_index=True)
    hits = find_hits(paragraphs, lexicon, in_context=False, language=language)
    own = hits[hits["category"] == category]
    if own["blocked_by"].notna().all():
        raise TableError(
            f"the documents hold no hit of {category!r}, so nothing can be associated with it; "
            "give more documents or another category"
        )
    if stop_words is None:
        known = set(languages_of(paragraphs, language))
        stop_words = chain.from_iterable(one.words["stop_words"]["stop_words"] for one in known)
    spans = split_sentences(paragraphs, language=language)
    sentences = list(_sentence_terms(paragraphs, spans, own, frozenset(stop_words)))
    with_category = np.array([counted for _, counted in sentences])
    if not any(terms for terms, counted in sentences if not counted):
        raise TableError(
            f"every sentence holds a hit of {category!r}, so there is nothing to compare with; "
            "give more documents"
        )
    if not any(terms for terms, counted in sentences if counted):
        raise TableError(
            f"beside the hits of {category!r} the documents hold no other words; give more "
            "documents"
        )
    table = _associations([terms for terms, _ in sentences], with_category, min_occurrences)
    ranks = table[["z", "similarity"]].rank(ascending=False).mean(axis="columns")
    table = table.assign(rank=ranks).sort_values(["rank", "term"]).head(n)
    if table.empty:
        return empty_table("suggestions")
    # A category each, so that a phrase hides none of the words in it.
    candidates = lexicon_from_dict("candidates", {term: [term] for term in table["term"]})
    found = find_hits(paragraphs, candidates, in_context=False)
    effects = _effects(paragraphs, own, hits, found, n_contexts)
    table = table.drop(columns="rank").assign(category=category)
    return make_table("suggestions", table.merge(effects, on="term"))


def _sentence_terms(
    paragraphs: pd.DataFrame,
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    stop_words: frozenset[str],
) -> Iterator[tuple[list[str], bool]]:
    """Yield for each sentence its terms outside the hits, and whether it holds a counted hit."""
    spans: dict[tuple[Any, Any], list[tuple[Any, Any, Any]]] = defaultdict(list)
    for hit in hits.assign(counted=hits["blocked_by"].isna()).itertuples():
        spans[hit.document_id, hit.paragraph].append((hit.start, hit.end, hit.counted))
    seen: set[str] = set()
    texts = zip(paragraphs["document_id"], paragraphs["paragraph"], strict=True)
    of = dict(zip(texts, zip(paragraphs["start"], paragraphs["text"], strict=True), strict=True))
    columns = (sentences[name].tolist() for name in (*PLACE, "start", "end"))
    for document_id, paragraph, start, end in zip(*columns, strict=True):
        place = (document_id, paragraph)
        base, text = of[place]
        sentence = text[start - base : end - base]
        # A note that stands under every article of an outlet would look like a finding.
        if sentence not in seen:
            seen.add(sentence)
            inside = [hit for hit in spans.get(place, ()) if hit[0] < end and hit[1] > start]
            taken = [(first, last) for first, last, _ in inside]
            yield _terms(sentence, start, taken, stop_words), any(hit[2] for hit in inside)


def _terms(
    sentence: str, base: int, taken: list[tuple[int, int]], stop_words: frozenset[str]
) -> list[str]:
    tokens = tokenize(sentence)
    words: list[str | None] = []
    for place, form in enumerate(tokens.forms):
        start, end = (base + at for at in tokens.original_span(place, place))
        free = not any(start < last and end > first for first, last in taken)
        word = base_form(form) or form
        words.append(word if free and any(map(str.isalpha, word)) else None)
    terms = [word for word in words if word and word not in stop_words and len(word) > 1]
    for place, (one, two) in enumerate(pairwise(words)):
        if one and two and not {one, two} & stop_words and tokens.joined(place):
            terms.append(f"{one} {two}")
    return terms


def _associations(
    sentences: list[list[str]], with_category: np.ndarray, min_occurrences: int
) -> pd.DataFrame:
    counter = CountVectorizer(analyzer=list)
    counts = counter.fit_transform(sentences).tocsc()
    names = counter.get_feature_names_out()
    total = np.asarray(counts.sum(axis=0)).ravel()
    inside = np.asarray(counts[with_category].sum(axis=0)).ravel()
    log_odds, z = weighted_log_odds(inside, total - inside, total)
    often = np.flatnonzero(total >= min_occurrences)
    # By frequency, then by alphabet, so that a cut falls the same way every time.
    if not len(often):
        return pd.DataFrame(columns=["term", "n_with_category", "log_odds", "z", "similarity"])
    often = often[np.argsort(-total[often], kind="stable")][:_MOST_CANDIDATES]
    held = counts.astype(bool).astype("int64")
    alone = np.array([" " not in name for name in names])
    neighbours = often[alone[often]][:_MOST_NEIGHBOURS]
    return pd.DataFrame(
        {
            "term": names[often],
            "n_with_category": np.asarray(held[with_category].sum(axis=0)).ravel()[often],
            "log_odds": log_odds[often],
            "z": z[often],
            "similarity": _similarity(held, names, often, neighbours, with_category),
        }
    )


def _similarity(
    held: sparse.csc_array,
    names: np.ndarray,
    candidates: np.ndarray,
    neighbours: np.ndarray,
    with_category: np.ndarray,
) -> np.ndarray:
    """Return the cosine of what each candidate and the category's hits stand beside."""
    beside = held[:, neighbours]
    together = (held[:, candidates].T @ beside).tolil()
    column = {names[term]: place for place, term in enumerate(neighbours)}
    for row, term in enumerate(candidates):
        # A word is no neighbour of itself.
        for word in names[term].split(" "):
            if word in column:
                together[row, column[word]] = 0
    own = beside.T @ with_category.astype("int64")
    profiles = _mutual_information(
        sparse.vstack([sparse.csr_array(own[None, :]), together.tocsr()])
    )
    similar = cosine_similarity(profiles[1:], profiles[:1])
    return np.asarray(similar).ravel()


def _mutual_information(together: sparse.csr_array) -> sparse.csr_array:
    """Return positive pointwise mutual information of rows and columns of counts."""
    counts = together.tocoo()
    rows = np.asarray(together.sum(axis=1)).ravel()
    columns = np.asarray(together.sum(axis=0)).ravel()
    expected = rows[counts.row] * columns[counts.col] / counts.sum()
    values = np.maximum(np.log(counts.data / expected), 0)
    return sparse.csr_array((values, (counts.row, counts.col)), shape=together.shape)


def _effects(
    paragraphs: pd.DataFrame,
    own: pd.DataFrame,
    hits: pd.DataFrame,
    found: pd.DataFrame,
    n_contexts: int,
) -> pd.DataFrame:
    """Return for each candidate what it would add, what finds it already, and where it stands."""
    spans = hits[[*PLACE, "start", "end", "category"]]
    beside = found.reset_index().merge(spans, on=PLACE, suffixes=("", "_beside"))
    apart = (beside["start_beside"] >= beside["end"]) | (beside["end_beside"] <= beside["start"])
    covered = beside[~apart]
    in_own = covered["category_beside"] == own["category"].iloc[0]
    known, other = set(covered["index"][in_own]), covered[~in_own].groupby("category")
    now = pd.MultiIndex.from_frame(own.loc[own["blocked_by"].isna(), PLACE]).unique()
    names = other["category_beside"].unique()
    rows = []
    for term, places in found.groupby("category", sort=False):
        new = places[~places.index.isin(known)]
        gained = pd.MultiIndex.from_frame(new[PLACE]).difference(now)
        # The first ones of different paragraphs, since one text repeats itself.
        shown = places.drop_duplicates(PLACE).head(n_contexts)
        around = keywords_in_context(paragraphs, shown, width=40)
        lines = around["left"] + " [" + around["keyword"] + "] " + around["right"]
        rows.append(
            {
                "term": term,
                "n_occurrences": len(places),
                "n_documents": places["document_id"].nunique(),
                "in_categories": ", ".join(sorted(names.get(term, ()))),
                "new_hits": len(new),
                "share_paragraphs": len(now) / len(paragraphs),
                "share_paragraphs_with": (len(now) + len(gained)) / len(paragraphs),
                "contexts": " ¦ ".join(lines),
            }
        )
    return pd.DataFrame(rows)
