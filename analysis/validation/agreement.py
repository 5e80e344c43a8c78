"""The codes of several coders in, how well they agree out."""

import warnings
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import ArgumentError, StatisticsWarning, check_resampling, names_of
from analysis.statistics.intervals import MANY_UNITS, N_RESAMPLES, NO_VALUE
from analysis.tables.checks import make_table
from analysis.validation.coding import (
    ALL_CATEGORIES,
    Level,
    Scale,
    Units,
    pairable_units,
    place_codes,
)
from analysis.validation.coefficients import COEFFICIENTS, percent_agreement
from analysis.validation.gold import UNIT
from analysis.validation.rates import value_of
from analysis.validation.resampling import document_interval

_Measure = Literal[
    "Krippendorff's alpha",
    "percent agreement",
    "Cohen's kappa",
    "Cohen's kappa, linear weights",
    "Cohen's kappa, quadratic weights",
    "Scott's pi",
    "Bennett's S",
    "Fleiss' kappa",
    "Randolph's kappa",
]

_ALWAYS = ("Krippendorff's alpha", "percent agreement")
_WEIGHTED = ("Cohen's kappa, linear weights", "Cohen's kappa, quadratic weights")
_OF_TWO = ("Cohen's kappa", "Scott's pi", "Bennett's S")
_OF_MANY = ("Fleiss' kappa", "Randolph's kappa")
# What takes the place of a measure that is for two coders only.
_FOR_MORE = {"Scott's pi": "Fleiss' kappa", "Bennett's S": "Randolph's kappa"}
# Below the first a coefficient is called low (Krippendorff's lowest bound); from the second
# on agreement is high, and one label prevails.
_LOW, _HIGH = 0.667, 0.8
_LOOK_EMPTY = ("", "nan", "NaN", "None", "NA", "<NA>", "null")


def agreement(
    codes: pd.DataFrame,
    *,
    level: Level = "nominal",
    order: Sequence[str] | None = None,
    missing: str | Sequence[str] = (),
    measures: Sequence[_Measure] | None = None,
    confidence: float = 0.95,
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how well human coders agree, for each category and for all together.

    A unit is a paragraph, coded for one category. Units that fewer than two coders coded
    count for nothing but ``n_units`` and ``n_missing``. For ``(all)``, the units are those of
    all categories, pooled: of each paragraph, as many as it has categories. Pooled codes vary
    more than those of one rare category, so that this figure may lie above all others.

    Whole documents are resampled for the intervals, since paragraphs of one document
    resemble each other.

    Parameters
    ----------
    codes : pandas.DataFrame
        Table ``codes``: a row for each document, paragraph, category and coder. Null: the
        coder left the cell empty. Text such as ``"nan"`` or ``""`` is a label, unless
        `missing` names it.
    level : {"nominal", "ordinal", "interval", "ratio"}, default "nominal"
        Level of measurement of the codes, for alpha and for the weights of kappa; the other
        measures know only equal and unequal.
    order : sequence of str, optional
        The labels, from lowest to highest, for codes at level ordinal that are no numbers. At
        level nominal it may list the labels that coders could choose, in any order: those
        that nobody used count for ``"Bennett's S"`` and ``"Randolph's kappa"``.
    missing : str or sequence of str, optional
        Labels that stand for an empty cell.
    measures : sequence of str, optional
        What to compute: ``"Krippendorff's alpha"``, ``"percent agreement"`` (share of pairs of
        coders that agree, averaged over units); of two coders ``"Cohen's kappa"`` (also
        ``", linear weights"`` and ``", quadratic weights"``), ``"Scott's pi"`` and ``"Bennett's
        S"``; of more, ``"Fleiss' kappa"`` and ``"Randolph's kappa"``. Without it, the first two
        and those that fit the number of coders and the level.
    confidence : float, default 0.95
        Coverage of the intervals.
    n_resamples : int, default 9999
        How many resamples of the documents to draw.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``agreement``: one row for each category and measure. ``value`` is null where
        the measure is undefined (a single coder, no unit with two codes, codes that do not
        vary), and ``explanation`` says why; it also says why a coefficient is low though the
        coders nearly always agree. ``interval_method`` says how the bounds were made, or why
        there are none, such as fewer than 5 documents.

    Raises
    ------
    TableError
        If `codes` breaks its schema, or a code does not fit `level` or `order`.
    ValueError
        If an option is unknown or does not fit the others.

    Warns
    -----
    StatisticsWarning
        If intervals rest on fewer than 20 documents.

    References
    ----------
    Krippendorff, K. (2019). Content analysis: An introduction to its methodology (4th ed.),
    ch. 12. Sage. Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational
    and Psychological Measurement 20(1), 37-46. Cohen, J. (1968). Weighted kappa. Psychological
    Bulletin 70(4), 213-220. Scott, W. A. (1955). Reliability of content analysis. Public
    Opinion Quarterly 19(3), 321-325. Fleiss, J. L. (1971). Measuring nominal scale agreement
    among many raters. Psychological Bulletin 76(5), 378-382. Bennett, E. M., Alpert, R., &
    Goldstein, A. C. (1954). Communications through limited-response questioning. Public
    Opinion Quarterly 18(3), 303-308. Randolph, J. J. (2005). Free-marginal multirater kappa.
    Joensuu Learning and Instruction Symposium.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> codes = pd.DataFrame({
    ...     "document_id": ["a", "a", "a", "a", "b", "b"],
    ...     "paragraph": [0, 0, 1, 1, 0, 0],
    ...     "category": "security",
    ...     "coder": ["Ana", "Ben"] * 3,
    ...     "code": ["1", "1", "0", "0", "1", "0"],
    ... })
    >>> table = fa.agreement(codes, measures=["Krippendorff's alpha", "percent agreement"])
    >>> table[["category", "measure", "n_pairable"]].head(2).values.tolist()
    [['security', "Krippendorff's alpha", 3], ['security', 'percent agreement', 3]]
    >>> table["value"].round(3).tolist()[:2], table["interval_method"][0]
    ([0.444, 0.667], 'none: 2 documents, fewer than 5')
    """
    check_resampling(confidence, n_resamples, seed)
    placed, scale = place_codes(codes, level, order, missing)
    chosen = _choose_measures(measures, level, placed)
    rows = []
    few: list[int] = []
    for category, own in [*placed.groupby("category", sort=False), (ALL_CATEGORIES, placed)]:
        units = pairable_units(own, scale)
        n_units = own.groupby(UNIT).ngroups
        n_documents = int(units.document.max(initial=-1)) + 1
        for measure in chosen:
            value, interval = np.nan, NO_VALUE
            why = _why_undefined(measure, own, units)
            if why is None:
                coefficient = COEFFICIENTS[measure](units)
                # Adding a positive zero turns a negative one into it.
                value = value_of(coefficient) + 0
                interval = document_interval(
                    coefficient, confidence=confidence, n_resamples=n_resamples, seed=seed
                )
                if not np.isnan(interval.low) and n_documents < MANY_UNITS:
                    few.append(n_documents)
            notes = [why or _why_low(measure, value, units), _looks_empty(own, scale)]
            rows.append(
                {
                    "category": category,
                    "measure": measure,
                    "level": level if measure in (_ALWAYS[0], *_WEIGHTED) else "nominal",
                    "n_units": n_units,
                    "n_pairable": len(units.counts),
                    "n_coders": len(_coders(own)),
                    "n_missing": n_units * own["coder"].nunique() - int((own["place"] >= 0).sum()),
                    "value": value,
                    **interval.as_columns(),
                    "explanation": "; ".join(filter(None, notes)) or None,
                }
            )
    if few:
        warnings.warn(
            f"some intervals rest on {min(few)} documents; from fewer than {MANY_UNITS} they are "
            "narrower than they say",
            StatisticsWarning,
            stacklevel=2,
        )
    return make_table("agreement", pd.DataFrame(rows))


def _choose_measures(
    measures: Sequence[_Measure] | None, level: Level, placed: pd.DataFrame
) -> list[str]:
    if measures is not None:
        names = names_of("measures", measures)
        unknown = [name for name in names if name not in COEFFICIENTS]
        if unknown:
            raise ArgumentError(
                f"there is no measure {unknown[0]!r}; there are "
                f"{', '.join(map(repr, COEFFICIENTS))}"
            )
        if not names or len(set(names)) < len(names):
            raise ArgumentError(f"measures is {names!r}; name one or more, each once")
        if level == "nominal" and (weighted := set(names) & set(_WEIGHTED)):
            raise ArgumentError(
                f"{min(weighted)!r} needs codes with an order; give level='ordinal' or 'interval'"
            )
        return names
    of_two, of_many = (_OF_TWO, _OF_MANY) if level == "nominal" else (_WEIGHTED, ())
    n_coders = len(_coders(placed))
    return [*_ALWAYS, *(of_many if n_coders > 2 else of_two if n_coders == 2 else ())]


def _coders(placed: pd.DataFrame) -> list[str]:
    """List the coders who gave at least one code."""
    return sorted(placed.loc[placed["place"] >= 0, "coder"].unique())


def _why_undefined(measure: str, own: pd.DataFrame, units: Units) -> str | None:
    """Say why a measure has no value for these units; None if it has one."""
    coders = _coders(own)
    if not coders:
        return "undefined: there is no code"
    if len(coders) == 1:
        return f"undefined: only one coder, {coders[0]!r}, gave codes, and it takes two to agree"
    if not len(units.counts):
        return "undefined: no unit has the codes of two coders"
    if len(coders) > 2 and measure in (*_OF_TWO, *_WEIGHTED):
        return (
            f"undefined: {measure} is for two coders, and there are {len(coders)}; take "
            f"{_FOR_MORE.get(measure, _ALWAYS[0])}"
        )
    sizes = own[own["place"] >= 0].groupby(UNIT).size()
    if measure == "Fleiss' kappa" and sizes.min() < sizes.max():
        return (
            f"undefined: Fleiss' kappa needs as many codes for every unit, and units have "
            f"{sizes.min()} to {sizes.max()}; take Krippendorff's alpha, which allows for that"
        )
    used = [units.scale.labels[place] for place in np.flatnonzero(units.counts.sum(axis=0))]
    if measure in ("Bennett's S", "Randolph's kappa"):
        if len(units.scale.labels) < 2:
            return (
                f"undefined: {used[0]!r} is the only label known; list in order=[…] all that "
                "coders could choose"
            )
    elif measure != "percent agreement" and len(used) < 2:
        return (
            f"undefined: every code is {used[0]!r}, and where codes do not vary, agreement "
            "beyond chance cannot be told from chance"
        )
    return None


def _why_low(measure: str, value: float, units: Units) -> str | None:
    """Say why a coefficient is low though the coders nearly always agree."""
    if measure in ("percent agreement", "Bennett's S", "Randolph's kappa") or value >= _LOW:
        return None
    agreeing = value_of(percent_agreement(units))
    given = units.counts.sum(axis=0)
    most, total = int(given.max()), int(given.sum())
    if agreeing < _HIGH or most < _HIGH * total:
        return None
    return (
        f"the coders agree in {agreeing:.0%} of comparisons, but {most:,} of {total:,} codes are "
        f"{units.scale.labels[int(given.argmax())]!r}: where codes vary so little, chance alone "
        "makes coders agree nearly as often, and each disagreement weighs heavily"
    )


def _looks_empty(own: pd.DataFrame, scale: Scale) -> str | None:
    """Name labels that count as codes but may have been meant as empty cells."""
    used = {scale.labels[place] for place in own["place"].unique() if place >= 0}
    odd = ", ".join(repr(label) for label in _LOOK_EMPTY if label in used)
    told = f"{odd} counts as a code; if it stands for an empty cell, name it in missing"
    return told if odd else None
