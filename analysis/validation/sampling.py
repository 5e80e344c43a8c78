"""Which paragraphs to code: a sample whose chances are known."""

from numbers import Integral
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import ArgumentError, check_choice, check_seed
from analysis.scores.scoring import groups_of
from analysis.tables.checks import check_table, make_table, refuse_strangers
from analysis.tables.schema import PLACE

_Strategy = Literal["stratified", "random"]

_LENGTHS = ("short", "middling", "long")


def make_coding_sheet(
    paragraphs: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    n: int,
    strategy: _Strategy = "stratified",
    by: str | None = None,
    exclude: pd.DataFrame | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Draw the paragraphs that coders are to read, each with its chance of being drawn.

    Frames are rare, so that a plain sample holds few paragraphs with hits and tells little about
    precision. The stratified one takes about equally many paragraphs without any hit, with one
    hit and with several hits of each category; within these, groups and lengths as they are in
    the corpus. `validate_lexicon` undoes the imbalance by the inverse of the chances.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``: the corpus that the sample is to speak for. Leave out roles that
        are not to be coded, such as bylines.
    scores : pandas.DataFrame
        Table ``scores`` of these paragraphs, at level category.
    n : int
        How many paragraphs.
    strategy : {"stratified", "random"}, default "stratified"
        ``"random"``: all paragraphs with the same chance.
    by : str, optional
        Metadata column of `paragraphs`, such as ``"outlet"``: its groups are represented in
        each stratum in proportion. Nulls are the group ``"(missing)"``.
    exclude : pandas.DataFrame, optional
        Paragraphs (columns ``document_id`` and ``paragraph``) that were read or coded before and
        are not to be drawn: the sample then speaks for the others.
    seed : int, default 0
        Seed of the draw.

    Returns
    -------
    pandas.DataFrame
        Table ``coding_sheet``, in random order. Its ``stratum`` says what coders must not know.
        Paragraphs without tokens are not drawn.

    Raises
    ------
    TableError
        If a table breaks its schema, a paragraph has no score, or a column is missing.
    ValueError
        If `strategy` is another one, or fewer than `n` paragraphs can be drawn.

    Notes
    -----
    Within each stratum the chance is the same for all; a stratum that is smaller than its share
    is taken whole, and the others share what is left. The draw is systematic: the paragraphs
    are put in order of stratum, group and length, and in random order within these, and every
    k-th unit of chance takes one, so that exactly `n` are drawn and no part of the order is
    passed over.

    References
    ----------
    Madow, W. G. (1949). On the theory of systematic sampling, II. Annals of Mathematical
    Statistics 20(3), 333-354.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat.", "Threat upon threat.", "Rain.", "Sun.", "Snow.", "Fog."]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> sheet = fa.make_coding_sheet(paragraphs, scores, n=4, seed=1)
    >>> sheet.sort_values("document_id")[["stratum", "probability"]].values.tolist()
    [['security: 1 hit', 1.0], ['security: 2 or more hits', 1.0], ['no hit', 0.5], ['no hit', 0.5]]
    """
    paragraphs = check_table(paragraphs, "paragraphs")
    scores = check_table(scores, "scores")
    check_choice("strategy", strategy, ("stratified", "random"))
    check_seed(seed)
    corpus = paragraphs[paragraphs["n_tokens"] > 0]
    group = "" if by is None else groups_of(corpus, "paragraphs", by)
    corpus = corpus[[*PLACE, "text", "n_tokens"]].assign(group=group)
    if exclude is not None:
        exclude = check_table(exclude, "coding_sheet", needed=PLACE, unique=False)
        corpus = corpus[~_places(corpus).isin(_places(exclude))]
    if not isinstance(n, Integral) or not 1 <= n <= len(corpus):
        raise ArgumentError(
            f"n is {n!r}, but {len(corpus):,} paragraphs can be drawn; give 1 to that"
        )
    corpus = corpus.sort_values(PLACE, ignore_index=True)
    corpus["stratum"] = _strata(corpus, scores) if strategy == "stratified" else "all"
    size = corpus["n_tokens"].rank(pct=True, method="average")
    corpus["length"] = np.minimum(np.ceil(size * len(_LENGTHS)).astype(int), len(_LENGTHS)) - 1
    corpus["probability"] = _chances(corpus["stratum"], n)
    generator = np.random.default_rng(seed)
    corpus["place"] = generator.permutation(len(corpus))
    ordered = corpus.sort_values(["stratum", "group", "length", "place"], ignore_index=True)
    drawn = ordered.iloc[_systematic(ordered["probability"].to_numpy(), n, generator)]
    columns = [*PLACE, "text", "stratum", "probability"]
    return make_table("coding_sheet", drawn.sort_values("place")[columns])


def _places(table: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(table[PLACE])


def _strata(corpus: pd.DataFrame, scores: pd.DataFrame) -> pd.Series:
    """Name the stratum of each paragraph: hits of the rarest category that hits it."""
    n_hits = scores.pivot_table(index=PLACE, columns="category", values="n_hits", aggfunc="sum")
    refuse_strangers(corpus, scores, "has no score; give the scores of all paragraphs")
    n_hits = n_hits.reindex(_places(corpus))
    n_paragraphs = n_hits.gt(0).sum()
    stratum = pd.Series("no hit", index=corpus.index)
    # A rare category would be drowned by a frequent one that stands in the same paragraphs.
    for category in sorted(map(str, n_hits), key=lambda name: (-n_paragraphs[name], name)):
        own = n_hits[category].to_numpy()
        stratum = stratum.mask(own == 1, f"{category}: 1 hit")
        stratum = stratum.mask(own > 1, f"{category}: 2 or more hits")
    return stratum


def _chances(stratum: pd.Series, n: int) -> np.ndarray:
    """Share n out equally among the strata; none gets more than it has paragraphs."""
    sizes = stratum.value_counts().sort_values(kind="stable")
    left = float(n)
    chance = {}
    for n_before, (name, size) in enumerate(sizes.items()):
        share = min(size, left / (len(sizes) - n_before))
        chance[name] = share / size
        left -= share
    return stratum.map(chance).to_numpy(float)


def _systematic(chance: np.ndarray, n: int, generator: np.random.Generator) -> np.ndarray:
    """Return n places of which each is drawn by its chance."""
    # Rounding must not move the last bound: it would lose or double the last paragraph.
    bounds = np.cumsum(chance) * (n / chance.sum())
    bounds[-1] = n
    return np.searchsorted(bounds, generator.random() + np.arange(n), side="right")
