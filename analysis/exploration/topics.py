"""What the articles are about, and how each matter is framed."""

from typing import Literal

import numpy as np
import pandas as pd
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from analysis.errors import (
    TableError,
    check_choice,
    check_count,
    check_number,
    check_resampling,
    check_seed,
)
from analysis.exploration.similarity import content_words
from analysis.languages.language import LanguageName
from analysis.statistics.intervals import N_RECOMPUTED, ratio_interval
from analysis.tables.checks import check_table, in_order_of, make_table
from analysis.tables.core import TABLES
from analysis.tables.schema import PER_TOKENS, PLACE
from analysis.tables.subcategories import COLUMN, sum_counts

_LABEL_TERMS = 3
_NO_TOPIC = "(no topic)"


def find_topics(
    paragraphs: pd.DataFrame,
    *,
    n_topics: int = 10,
    method: Literal["NMF", "LDA"] = "NMF",
    n_terms: int = 10,
    min_documents: int = 3,
    max_share: float = 0.5,
    seed: int = 0,
    language: LanguageName | None = None,
) -> dict[str, pd.DataFrame]:
    """Find topics in the words of documents, and divide every paragraph among them.

    Topics are learned from whole documents, since paragraphs are short, and then looked for
    in each paragraph. They are summaries of what stands together, not facts: another number
    of topics, another seed or a few more articles give others. Read the paragraphs with
    the highest weight before you name one.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs`` of at least `n_topics` documents.
    n_topics : int, default 10
        How many topics to find.
    method : {"NMF", "LDA"}, default "NMF"
        Non-negative matrix factorisation of TF-IDF weights, or latent Dirichlet allocation of
        counts.
    n_terms : int, default 10
        How many terms of each topic to return.
    min_documents : int, default 3
        Leave out words of fewer documents.
    max_share : float, default 0.5
        Leave out words of more than this share (0 to 1) of the documents.
    seed : int, default 0
        Seed of the method.
    language : str or path, optional
        As in `split_paragraphs`: its function words are left out.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``"terms"``: table ``topic_terms``, the most frequent topic first. ``"weights"``:
        table ``topic_weights``; the weights of a paragraph add up to 1. A paragraph with no
        word of any topic is topic 0, ``"(no topic)"``.

    Raises
    ------
    TableError
        If `paragraphs` breaks its schema, or has too few documents or words.
    ValueError
        If a parameter is out of its range.

    References
    ----------
    Lee, D. D., & Seung, H. S. (1999). Learning the parts of objects by non-negative matrix
    factorization. Nature 401, 788-791. Blei, D. M., Ng, A. Y., & Jordan, M. I. (2003). Latent
    Dirichlet allocation. Journal of Machine Learning Research 3, 993-1022.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["Troops cross borders.", "Troops guard borders.", "Rain and wind.", "Wind, rain."]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> topics = fa.find_topics(paragraphs, n_topics=2, n_terms=2, min_documents=2)
    >>> sorted(topics["terms"]["term"])
    ['borders', 'rain', 'troops', 'wind']
    """
    paragraphs = check_table(paragraphs, "paragraphs")
    numbers = {"n_topics": n_topics, "n_terms": n_terms, "min_documents": min_documents}
    for name, value in numbers.items():
        check_count(name, value, "give at least 1")
    check_number("max_share", max_share, "give a share above 0 and up to 1", above=0, most=1)
    check_choice("method", method, ("NMF", "LDA"))
    check_seed(seed)
    given, paragraphs = paragraphs, paragraphs.sort_values(PLACE, ignore_index=True)
    words = content_words(paragraphs, language)
    documents = words.groupby(paragraphs["document_id"]).sum().tolist()
    if len(documents) < n_topics:
        raise TableError(
            f"{len(documents)} documents are too few for {n_topics} topics; find fewer topics"
        )
    kind = TfidfVectorizer if method == "NMF" else CountVectorizer
    counter = kind(analyzer=list, min_df=min_documents, max_df=max_share)
    try:
        counts = counter.fit_transform(documents)
    except ValueError:
        counts = None
    if counts is None or counts.shape[1] < n_topics:
        raise TableError(
            f"too few words stand in at least {min_documents} documents and at most "
            f"{max_share:.0%} of them; lower min_documents, raise max_share or find fewer topics"
        )
    model = (
        NMF(n_topics, init="nndsvda", max_iter=500, random_state=seed)
        if method == "NMF"
        else LatentDirichletAllocation(n_topics, learning_method="batch", random_state=seed)
    )
    model.fit(counts)
    own = counter.transform(words)
    held = np.asarray(own.sum(axis=1)).ravel() > 0
    weights = np.where(held[:, None], model.transform(own), 0)
    total = weights.sum(axis=1, keepdims=True)
    weights = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    order = np.argsort(-(paragraphs["n_tokens"].to_numpy() @ weights), kind="stable")
    terms = _terms(model.components_[order], counter.get_feature_names_out(), n_terms)
    labels = terms.drop_duplicates("topic")["label"].tolist()
    none = (total == 0).astype(float)
    told = _weights(paragraphs, np.hstack([none, weights[:, order]]), [_NO_TOPIC, *labels])
    return {"terms": terms, "weights": in_order_of(given, told, PLACE)}


def topic_frames(
    weights: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    confidence: float = 0.95,
    n_resamples: int = N_RECOMPUTED,
    seed: int = 0,
) -> pd.DataFrame:
    """Tell how strongly each topic uses the language of each frame.

    Hits and tokens of a paragraph are divided among its topics by their weights, so that
    those of all topics add up to those of the corpus.

    Parameters
    ----------
    weights : pandas.DataFrame
        Table ``topic_weights``, as made by `find_topics`.
    scores : pandas.DataFrame
        Table ``scores`` of the same paragraphs.
    confidence : float, default 0.95
        Coverage of the intervals, which resample documents.
    n_resamples : int, default 1999
        Draws for each interval.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``topic_frames``: a row for each topic and category. The interval takes the
        topics as given; it holds nothing of how they would differ in other articles.

    Raises
    ------
    TableError
        If a table breaks its schema, or `scores` are of other paragraphs.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["Troops cross borders.", "Troops guard borders.", "Rain and wind.", "Wind, rain."]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> weights = fa.find_topics(paragraphs, n_topics=2, min_documents=2)["weights"]
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["troops"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> frames = fa.topic_frames(weights, scores)
    >>> sorted(frames["rate"].round().tolist())
    [0.0, 333.0]
    """
    check_resampling(confidence, n_resamples, seed)
    weights = check_table(weights, "topic_weights")
    scores = check_table(scores, "scores")
    given = pd.MultiIndex.from_frame(scores[PLACE].drop_duplicates())
    known = pd.MultiIndex.from_frame(weights[PLACE].drop_duplicates())
    if len(other := given.symmetric_difference(known)):
        document, paragraph = other[0]
        raise TableError(
            f"paragraph {paragraph} of {document!r} is in one of the two tables only; make both "
            "from the same paragraphs"
        )
    classes = ["lexicon", "category", *(["subcategory"] if "subcategory" in scores else [])]
    counted = [*PLACE, *classes, "n_hits", "n_tokens", *(c for c in [COLUMN] if c in scores)]
    joined = weights.merge(scores[counted], on=PLACE)
    joined[["hits", "tokens"]] = joined[["n_hits", "n_tokens"]].mul(joined["weight"], axis="index")
    key = ["topic", "label", *classes]
    place = joined.groupby(key, sort=False, dropna=False).ngroup().to_numpy()
    parts = sum_counts(joined, place, len(joined), joined["weight"].to_numpy())
    joined["place"] = place
    sums = joined.groupby([*key, "place", "document_id"], sort=False, dropna=False)
    of_documents = sums[["hits", "tokens"]].sum().reset_index()
    of_documents = of_documents[of_documents["tokens"] > 0]
    total = dict(scores.groupby(classes, dropna=False)["n_hits"].sum().items())
    rows = []
    for values, of_key in of_documents.groupby([*key, "place"], sort=False, dropna=False):
        own = of_key.sort_values("document_id")
        interval = ratio_interval(
            own["hits"], own["tokens"], confidence=confidence, n_resamples=n_resamples, seed=seed
        )
        hits, tokens, of = own["hits"].sum(), own["tokens"].sum(), total[values[2:-1]]
        rows.append(
            {
                **dict(zip(key, values[:-1], strict=True)),
                "n_hits": hits,
                "n_tokens": tokens,
                "n_documents": len(own),
                "rate": PER_TOKENS * hits / tokens,
                **interval.as_columns("documents", times=PER_TOKENS),
                "share": hits / of if of else np.nan,
                **{name: counts.iloc[own["place"].iloc[0]] for name, counts in parts.items()},
            }
        )
    table = pd.DataFrame(rows)
    # What has no topic comes last.
    last = (table["topic"] == 0).to_numpy()
    return make_table("topic_frames", table.iloc[np.lexsort([table["topic"].to_numpy(), last])])


def _terms(components: np.ndarray, names: np.ndarray, n_terms: int) -> pd.DataFrame:
    rows = []
    for topic, weights in enumerate(components, start=1):
        # Equal weights in the order of the alphabet, which is that of the names.
        strongest = np.argsort(-weights, kind="stable")[:n_terms]
        label = ", ".join(names[strongest[:_LABEL_TERMS]])
        rows += [
            (topic, label, rank, names[term], weights[term] / weights.sum())
            for rank, term in enumerate(strongest, start=1)
            if weights[term] > 0
        ]
    return make_table(
        "topic_terms", pd.DataFrame(rows, columns=list(TABLES["topic_terms"].columns))
    )


def _weights(paragraphs: pd.DataFrame, weights: np.ndarray, labels: list[str]) -> pd.DataFrame:
    n = len(labels)
    table = pd.DataFrame(
        {
            **{name: paragraphs[name].repeat(n).to_numpy() for name in PLACE},
            "topic": np.tile(np.arange(n), len(paragraphs)),
            "label": np.tile(np.array(labels, dtype=object), len(paragraphs)),
            "weight": weights.ravel(),
        }
    )
    none = (table["topic"] == 0) & (table["weight"] == 0)
    return make_table("topic_weights", table[~none])
