"""A validation in plain words, for the methods section of a paper."""

from collections.abc import Mapping

import pandas as pd

from analysis.errors import TableError
from analysis.tables import check_table

_TABLES = {"measures": "validity", "prevalence": "prevalence"}


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
        Table ``agreement`` of the coders.
    ceiling : pandas.DataFrame, optional
        Table ``supervised`` of the same codes.

    Returns
    -------
    str
        One paragraph. What is undefined is said in words.

    Raises
    ------
    TableError
        If a table is missing or breaks its schema.

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
    for name, schema in _TABLES.items():
        if name not in validation:
            raise TableError(f"the validation has no table {name!r}; give all of validate_lexicon")
        check_table(validation[name], schema)
    measures = validation["measures"]
    sizes = measures.drop_duplicates("category")
    n_units, n_documents = sizes["n_units"].max(), sizes["n_documents"].max()
    sentences = [
        f"The lexicon {lexicon} was held to human codes of {n_units:,} paragraphs from "
        f"{n_documents:,} documents."
    ]
    undecided = int(sizes["n_undecided"].sum())
    if undecided:
        sentences.append(
            f"{undecided:,} decisions on which the coders were tied or gave no code were left out."
        )
    if agreement is not None:
        check_table(agreement, "agreement")
        sentences.append(_agreement(agreement))
    for row in sizes.to_dict("records"):
        own = measures[measures["category"] == row["category"]].set_index("measure")
        told = [_told(own.loc[name], name) for name in ("precision", "recall", "F1", "AUC")]
        sentences.append(
            f"For {row['category']} ({row['n_positive']:,} paragraphs coded positive, "
            f"{row['n_flagged']:,} with a score of at least {row['threshold']:g}): "
            f"{', '.join(told)}."
        )
    made = measures["interval_method"][measures["low"].notna()]
    if len(made):
        sentences.append(f"Brackets: {made.iloc[0]}.")
    if ceiling is not None:
        check_table(ceiling, "supervised")
        known = ceiling[ceiling["auc"].notna()]
        told = [
            f"{name} {auc:.2f}" for name, auc in zip(known["category"], known["auc"], strict=True)
        ]
        if told:
            sentences.append(
                "A logistic regression on the words of the same paragraphs, tested on documents it "
                f"had not seen, reached an AUC of: {', '.join(told)}."
            )
    sentences.append(_prevalence(validation["prevalence"]))
    return " ".join(sentence for sentence in sentences if sentence)


def _told(row: pd.Series, name: str) -> str:
    if pd.isna(row["value"]):
        return f"{name} undefined ({row['explanation']})"
    bounds = "" if pd.isna(row["low"]) else f" [{row['low']:.2f}, {row['high']:.2f}]"
    return f"{name} {row['value']:.2f}{bounds}"


def _agreement(agreement: pd.DataFrame) -> str:
    alpha = agreement[agreement["measure"] == "Krippendorff's alpha"]
    defined = alpha[alpha["value"].notna()]
    values = zip(defined["category"], defined["value"], strict=True)
    told = [f"{name} {value:.2f}" for name, value in values]
    if not told:
        return ""
    coders = int(alpha["n_coders"].max())
    return f"Krippendorff's alpha of {coders} coders was: {', '.join(told)}."


def _prevalence(prevalence: pd.DataFrame) -> str:
    whole = prevalence.drop_duplicates("category")
    told = [
        f"{row['category']} {row['corrected']:.0%}"
        + ("" if pd.isna(row["low"]) else f" [{row['low']:.0%}, {row['high']:.0%}]")
        + f" (apparent {row['apparent']:.0%})"
        for row in whole.to_dict("records")
        if not pd.isna(row["corrected"])
    ]
    if not told:
        return ""
    return (
        "The share of paragraphs of the corpus, corrected for misclassification after Rogan and "
        f"Gladen: {', '.join(told)}."
    )
