"""A validation in plain words, for the methods section of a paper."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.errors import ArgumentTypeError, TableError
from analysis.tables.checks import check_table

_TABLES = {"measures": "validity", "prevalence": "prevalence"}
_MEASURES = ("precision", "recall", "F1", "AUC")


def describe_validation(
    validation: Mapping[str, pd.DataFrame],
    *,
    lexicon: str,
    agreement: pd.DataFrame | None = None,
    ceiling: pd.DataFrame | None = None,
) -> str:
    """Write a paragraph of plain text on a validation, with every figure it rests on.

    Parameters
    ----------
    validation : mapping of str to pandas.DataFrame
        What `validate_lexicon` returned.
    lexicon : str
        Name of the lexicon, with its version: ``lexicon.id`` or the like.
    agreement : pandas.DataFrame, optional
        Table ``agreement`` of the coders, with Krippendorff's alpha.
    ceiling : pandas.DataFrame, optional
        Table ``supervised`` of the same codes.

    Returns
    -------
    str
        One paragraph. What is undefined is said in words.

    Raises
    ------
    TypeError
        If `lexicon` is no text.
    TableError
        If a table is missing, breaks its schema, or `agreement` has no Krippendorff's alpha.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat.", "A threat of rain.", "Rain.", "Danger."]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    >>> codes = paragraphs[["document_id", "paragraph"]].assign(
    ...     category="security", coder="Ana", code=["1", "0", "0", "1"])
    >>> validation = fa.validate_lexicon(hits, scores, codes)
    >>> print(fa.describe_validation(validation, lexicon="demo")[:63])
    The lexicon demo was held to human codes of 4 paragraphs from 4
    """
    if not isinstance(lexicon, str):
        raise ArgumentTypeError(
            f"lexicon is a {type(lexicon).__name__}; give its name, such as lexicon.id"
        )
    if not isinstance(validation, Mapping):
        raise ArgumentTypeError(
            f"validation is a {type(validation).__name__}; give all of validate_lexicon"
        )
    tables = []
    for name, schema in _TABLES.items():
        if name not in validation:
            raise TableError(f"the validation has no table {name!r}; give all of validate_lexicon")
        tables.append(check_table(validation[name], schema))
    measures, prevalence = tables
    known = measures.groupby("category")["measure"].agg(set)
    if known.empty or any({*_MEASURES} - own for own in known):
        raise TableError(
            f"the measures lack one of {', '.join(_MEASURES)} of a category; give all of "
            "validate_lexicon"
        )
    sizes = measures.drop_duplicates("category")
    sentences = [
        f"The lexicon {lexicon} was held to human codes of {_range(sizes['n_units'], 'paragraph')} "
        f"from {_range(sizes['n_documents'], 'document')}."
    ]
    if sizes["weighted"].any():
        sentences.append("Paragraphs weigh by the inverse of their inclusion probability.")
    undecided = int(sizes["n_undecided"].sum())
    if undecided:
        sentences.append(
            f"Left out, since the coders were tied or gave no code: {undecided:,} of "
            f"{undecided + int(sizes['n_units'].sum()):,} decisions."
        )
    if agreement is not None:
        sentences.append(_agreement(agreement))
    sentences += [_category(row, measures) for row in sizes.to_dict("records")]
    sentences += _intervals(measures[measures["measure"].isin(_MEASURES)])
    if ceiling is not None:
        sentences.append(_ceiling(ceiling))
    sentences.append(_prevalence(prevalence))
    return " ".join(sentences)


def _range(counts: pd.Series, thing: str) -> str:
    """Write a count that may differ between categories."""
    low, high = int(counts.min()), int(counts.max())
    shown = f"{high:,}" if low == high else f"{low:,} to {high:,}"
    return f"{shown} {thing}" + ("" if high == 1 else "s")


def _category(size: Mapping[Any, Any], measures: pd.DataFrame) -> str:
    own = measures[measures["category"] == size["category"]].set_index("measure")
    told = [_figure(name, own.loc[name]) for name in _MEASURES]
    limit = f"{size['threshold']:g} or more hits"
    if size["score"] == "rate":
        limit = f"{size['threshold']:.2f} or more hits per 1,000 words"
    return (
        f"For {size['category']} (of {size['n_units']:,} paragraphs {size['n_positive']:,} coded "
        f"positive, {size['n_flagged']:,} with {limit}): {', '.join(told)}."
    )


def _figure(
    name: str, row: Mapping[Any, Any] | pd.Series, of: str = "value", form: str = ".2f"
) -> str:
    value, low, high = row[of], row["low"], row["high"]
    if pd.isna(value):
        return f"{name} undefined ({str(row['explanation']).removeprefix('undefined: ')})"
    shown = "" if pd.isna(low) else f" [{low:{form}}, {high:{form}}]"
    return f"{name} {value:{form}}{shown}"


def _intervals(measures: pd.DataFrame) -> list[str]:
    defined = measures[measures["value"].notna()]
    bounded = defined["low"].notna()
    methods = defined["interval_method"].str.removeprefix("none: ")
    told = {"Brackets": methods[bounded], "Where no interval is given": methods[~bounded]}
    return [f"{what}: {'; or '.join(own.unique())}." for what, own in told.items() if len(own)]


def _agreement(agreement: pd.DataFrame) -> str:
    agreement = check_table(agreement, "agreement")
    alpha = agreement[agreement["measure"] == "Krippendorff's alpha"]
    if alpha.empty:
        raise TableError("the agreement has no Krippendorff's alpha; name it among its measures")
    alpha = alpha.replace({"category": {"(all)": "all categories together"}})
    told = [_figure(row["category"], row) for row in alpha.to_dict("records")]
    coders = _range(alpha["n_coders"], "coder")
    return f"Krippendorff's alpha of {coders} was: {', '.join(told)}."


def _ceiling(ceiling: pd.DataFrame) -> str:
    ceiling = check_table(ceiling, "supervised")
    told = [_figure(row["category"], row, "auc") for row in ceiling.to_dict("records")]
    return (
        "The AUC of a logistic regression on the words of the same paragraphs, tested on "
        f"documents it had not seen, was: {', '.join(told)}."
    )


def _prevalence(prevalence: pd.DataFrame) -> str:
    told = []
    for row in prevalence.drop_duplicates("category").to_dict("records"):
        figure = _figure(row["category"], row, "corrected", ".1%")
        cut = not pd.isna(row["corrected"]) and not pd.isna(row["explanation"])
        told.append(
            f"{figure} (apparent {row['apparent']:.1%}{'; ' + row['explanation'] if cut else ''})"
        )
    return (
        "The share of positive paragraphs in the corpus, corrected for misclassification after "
        f"Rogan and Gladen (1978), was: {', '.join(told)}."
    )
