"""How many paragraphs of the corpus each coded paragraph stands for."""

import numpy as np
import pandas as pd

from analysis.errors import TableError

_PLACE = ["document_id", "paragraph"]


def sampling_weights(coded: pd.DataFrame, sheet: pd.DataFrame | None) -> np.ndarray:
    """Return the inverse of the inclusion probability of each coded paragraph.

    Parameters
    ----------
    coded : pandas.DataFrame
        Columns ``document_id`` and ``paragraph``.
    sheet : pandas.DataFrame or None
        Table ``coding_sheet``, with the ``probability`` (0 to 1) of each paragraph.

    Returns
    -------
    numpy.ndarray of float64
        All 1 without a sheet.

    Raises
    ------
    TableError
        If `sheet` lacks a column or a coded paragraph, repeats one, or a probability is none.

    References
    ----------
    Horvitz, D. G., & Thompson, D. J. (1952). A generalization of sampling without replacement
    from a finite universe. Journal of the American Statistical Association 47(260), 663-685.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.validation.weighting import sampling_weights
    >>> sheet = pd.DataFrame({"document_id": "a", "paragraph": [0, 1], "probability": [0.5, 0.1]})
    >>> sampling_weights(sheet.iloc[[1, 0]], sheet).tolist()
    [10.0, 2.0]
    """
    if sheet is None:
        return np.ones(len(coded))
    missing = [column for column in (*_PLACE, "probability") if column not in sheet]
    if missing:
        raise TableError(
            f"the coding sheet has no column {missing[0]!r}; give the sheet as it was drawn"
        )
    repeated = sheet.duplicated(_PLACE)
    if repeated.any():
        row = sheet[repeated].iloc[0]
        raise TableError(
            f"the coding sheet holds paragraph {row['paragraph']} of {row['document_id']!r} twice; "
            "remove one of the two rows"
        )
    probability = pd.to_numeric(sheet["probability"], errors="coerce")
    wrong = ~((probability > 0) & (probability <= 1))
    if wrong.any():
        row = sheet[wrong].iloc[0]
        raise TableError(
            f"the probability of paragraph {row['paragraph']} of {row['document_id']!r} is "
            f"{row['probability']}; one of a paragraph that was drawn is above 0 and at most 1"
        )
    drawn = pd.MultiIndex.from_frame(coded[_PLACE])
    of_place = pd.Series(probability.to_numpy(float), pd.MultiIndex.from_frame(sheet[_PLACE]))
    outside = ~drawn.isin(of_place.index)
    if outside.any():
        document, paragraph = drawn[outside][0]
        raise TableError(
            f"paragraph {paragraph} of {document!r} was coded but is not in the coding sheet; "
            "give the sheet that was coded"
        )
    weights: np.ndarray = 1 / of_place.reindex(drawn).to_numpy(float)
    return weights
