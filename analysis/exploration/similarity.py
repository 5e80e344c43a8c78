"""How alike documents or groups are, by their words or by their frames, and who goes with whom."""

from collections.abc import Sequence
from itertools import chain
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import silhouette_samples
from sklearn.metrics.pairwise import cosine_similarity

from analysis.errors import TableError, check_choice, check_count, check_names
from analysis.languages.language import LanguageName, languages_of
from analysis.scores.scoring import groups_of
from analysis.tables.checks import check_table, make_table
from analysis.text.tokens import words

_Linkage = Literal["average", "complete", "single"]
_Compared = tuple[np.ndarray, np.ndarray, np.ndarray]

_MOST_CLUSTERS = 10


def similarity(
    table: pd.DataFrame,
    *,
    measure: Literal["words", "frames"] = "words",
    by: str | None = None,
    categories: Sequence[str] | None = None,
    language: LanguageName | None = None,
) -> pd.DataFrame:
    """Compare every two documents, or groups of them.

    ``words``: the cosine of their words, weighted by inverse document frequency (TF-IDF with
    logarithmic counts; function words of the language left out). It tells whether two texts
    speak of the same matters. ``frames``: 1 less the Jensen-Shannon divergence (in bits) of
    how their hits divide among the categories. It tells whether they frame in like
    proportions, and nothing of how much they frame.

    Parameters
    ----------
    table : pandas.DataFrame
        For ``"words"`` table ``documents``; for ``"frames"`` table ``scores``.
    measure : {"words", "frames"}, default "words"
        What to compare.
    by : str, optional
        Metadata column: compare its values instead of documents. Missing values are the
        group ``"(missing)"``.
    categories : sequence of str, optional
        For ``"frames"``: the categories of a profile. By default all of the lexicon that has
        several; needed where several lexica have.
    language : str or path, optional
        For ``"words"``: as in `split_paragraphs`.

    Returns
    -------
    pandas.DataFrame
        Table ``similarities``: every pair once, in the order of the table, with
        ``similarity`` from 0 to 1. It is null where one of the two has no words, or no hits
        to make a profile of.

    Raises
    ------
    TableError
        If the table breaks its schema, has fewer than two documents or groups, or a column
        or category is unknown.
    ValueError
        If `measure` is something else.

    References
    ----------
    Salton, G., & Buckley, C. (1988). Term-weighting approaches in automatic text retrieval.
    Information Processing & Management 24(5), 513-523. Lin, J. (1991). Divergence measures
    based on the Shannon entropy. IEEE Transactions on Information Theory 37(1), 145-151.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["Troops cross the border.", "The border is crossed by troops.", "Rain fell."]
    >>> alike = fa.similarity(fa.documents_from_texts(texts))
    >>> alike["similarity"].round(2).tolist()
    [0.54, 0.0, 0.0]
    """
    check_choice("measure", measure, ("words", "frames"))
    names, sizes, alike = (
        compare_words(table, by, language)
        if measure == "words"
        else _by_frames(table, by, categories)
    )
    if len(names) < 2:
        raise TableError(f"there are fewer than two {by or 'document'}s to compare")
    first, second = np.triu_indices(len(names), 1)
    both = (sizes[first] > 0) & (sizes[second] > 0)
    return make_table(
        "similarities",
        {
            "group_a": names[first],
            "group_b": names[second],
            "similarity": np.where(both, np.clip(alike[first, second], 0, 1), np.nan),
            "measure": np.full(len(first), measure),
            "n_a": sizes[first],
            "n_b": sizes[second],
        },
    )


def cluster_documents(
    similarities: pd.DataFrame, *, n_clusters: int | None = None, method: _Linkage = "average"
) -> dict[str, pd.DataFrame]:
    """Group documents that are alike, by merging the two nearest clusters time and again.

    Parameters
    ----------
    similarities : pandas.DataFrame
        Table ``similarities``, as made by `similarity`.
    n_clusters : int, optional
        How many clusters to cut the tree into; by default the number, up to 10, whose mean
        silhouette is highest. Clusters are found in any data: a silhouette below .25 says
        that there are hardly any.
    method : {"average", "complete", "single"}, default "average"
        How far two clusters are apart: the mean, the largest or the smallest distance
        (1 less the similarity) between their members.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``"clusters"``: a row for each document in the order of the tree's leaves; those
        without words or hits come last and have no cluster. ``"merges"``: the tree, a row
        for each merge; numbers below the number of leaves are their positions.

    Raises
    ------
    TableError
        If `similarities` breaks its schema, a pair is missing, or there are fewer than two
        documents with words or hits.
    ValueError
        If `n_clusters` is below 1 or above the number of documents.

    References
    ----------
    Rousseeuw, P. J. (1987). Silhouettes. Journal of Computational and Applied Mathematics
    20, 53-65.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["Troops march on.", "Troops march.", "Rain fell today.", "Rain fell."]
    >>> found = fa.cluster_documents(fa.similarity(fa.documents_from_texts(texts)))
    >>> found["clusters"][["group", "cluster"]].values.tolist()[:2]
    [['text_0001', 1], ['text_0002', 1]]
    """
    similarities = check_table(similarities, "similarities")
    check_choice("method", method, get_args(_Linkage))
    names, distances, empty = _distances(similarities)
    if n_clusters is not None:
        advice = f"give a number from 1 to {len(names)}"
        check_count("n_clusters", n_clusters, advice, most=len(names))
    tree = linkage(distances, method=method, optimal_ordering=True)
    square = squareform(distances)
    cuts = (
        [n_clusters] if n_clusters else list(range(2, min(_MOST_CLUSTERS, len(names) - 1) + 1))
    ) or [1]
    best, widths = np.ones(len(names), int), np.full(len(names), np.nan)
    for cut in cuts:
        cluster = fcluster(tree, cut, criterion="maxclust")
        if not 1 < cluster.max() < len(names):
            best = cluster if cut == n_clusters else best
            continue
        width = silhouette_samples(square, cluster, metric="precomputed")
        if np.isnan(widths).all() or width.mean() > widths.mean() + 1e-12:
            best, widths = cluster, width
    leaves = leaves_list(tree)
    # Clusters are numbered as they stand along the leaves.
    number = {own: n for n, own in enumerate(dict.fromkeys(best[leaves]), start=1)}
    # Leaves are called by their place along the tree; merges keep their numbers.
    position = np.arange(len(names) + len(tree))
    position[leaves] = np.arange(len(names))
    left, right = np.sort(position[tree[:, :2].astype(int)], axis=1).T
    clusters = {
        "group": [*names[leaves], *empty],
        "cluster": [*(number[best[leaf]] for leaf in leaves), *[None] * len(empty)],
        "silhouette": [*widths[leaves], *[np.nan] * len(empty)],
    }
    merges = {
        "merge": np.arange(len(names), len(names) + len(tree)),
        "left": left,
        "right": right,
        "distance": tree[:, 2],
        "n_members": tree[:, 3].astype(int),
    }
    return {
        "clusters": make_table("clusters", clusters),
        "merges": make_table("merges", merges),
    }


def content_words(table: pd.DataFrame, language: LanguageName | None) -> pd.Series:
    """List for each text of a table the words that are no function words of its language."""
    left_out = [own.words["stop_words"]["stop_words"] for own in languages_of(table, language)]
    found = [
        [word for word in words(text) if word not in stop and any(map(str.isalpha, word))]
        for text, stop in zip(table["text"], left_out, strict=True)
    ]
    return pd.Series(found, index=table.index, dtype=object)


def compare_words(
    documents: pd.DataFrame, by: str | None, language: LanguageName | None
) -> _Compared:
    """Return the documents or groups, how many words each has, and how alike every two are."""
    documents = check_table(documents, "documents")
    groups = groups_of(documents, "documents", by or "document_id")
    found = content_words(documents, language).groupby(groups, sort=False)
    contents = {name: [*chain.from_iterable(own)] for name, own in found}
    counter = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    sizes = np.array([*map(len, contents.values())], dtype="int64")
    alike = np.zeros((len(sizes), len(sizes)))
    if sizes.any():
        alike = cosine_similarity(counter.fit_transform(contents.values()))
    return np.array([*contents], dtype=object), sizes, alike


def _by_frames(scores: pd.DataFrame, by: str | None, categories: Sequence[str] | None) -> _Compared:
    scores = check_table(scores, "scores")
    check_names("categories", categories)
    known = list(dict.fromkeys(scores["category"]))
    if categories is None:
        several = scores.groupby("lexicon", sort=False)["category"].nunique()
        lexica = several[several > 1].index.tolist()
        if len(lexica) != 1:
            found = ", ".join(lexica) or "none"
            raise TableError(
                f"a profile needs one lexicon with several categories, the scores have {found}; "
                "name the categories"
            )
        categories = list(dict.fromkeys(scores["category"][scores["lexicon"] == lexica[0]]))
    if unknown := [name for name in categories if name not in known]:
        raise TableError(
            f"scores have no category {unknown[0]!r}; they have {', '.join(map(repr, known))}"
        )
    if len(set(categories)) < 2:
        raise TableError("a profile needs at least two categories; name more of them")
    own = scores[scores["category"].isin(list(categories))]
    groups = groups_of(own, "scores", by or "document_id")
    counts = own["n_hits"].groupby([groups, own["category"]], sort=False)
    table = counts.sum().unstack(fill_value=0)
    sizes = table.sum(axis="columns").to_numpy("int64")
    # A profile of no hits stands in for none; its pairs are null in the end.
    shares = np.where(sizes[:, None] > 0, table, 1) / np.maximum(sizes, 1)[:, None]
    # SciPy gives the root of the divergence, in nats.
    roots = np.nan_to_num(pdist(shares, "jensenshannon"))
    return table.index.to_numpy(dtype=object), sizes, 1 - squareform(roots**2 / np.log(2))


def _distances(similarities: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return the names that can be compared, their distances, and the other names."""
    names = sorted({*similarities["group_a"], *similarities["group_b"]})
    place = {name: n for n, name in enumerate(names)}
    square = np.full((len(names), len(names)), np.nan)
    first = similarities["group_a"].map(place).to_numpy(int)
    second = similarities["group_b"].map(place).to_numpy(int)
    distances = 1 - similarities["similarity"].to_numpy(float)
    square[first, second] = square[second, first] = distances
    sizes = np.zeros(len(names))
    sizes[first], sizes[second] = similarities["n_a"], similarities["n_b"]
    kept = sizes > 0
    square = square[np.ix_(kept, kept)]
    np.fill_diagonal(square, 0)
    if len(square) < 2:
        raise TableError("there are fewer than two documents with words or hits to cluster")
    own = np.array(names, dtype=object)
    if np.isnan(square).any():
        one, two = own[kept][np.argwhere(np.isnan(square))[0]]
        raise TableError(f"the pair {one!r} and {two!r} is missing; give all pairs of similarity")
    return own[kept], squareform(np.maximum(square, 0), checks=False), own[~kept].tolist()
