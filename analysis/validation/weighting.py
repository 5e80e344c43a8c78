"""How many paragraphs of the corpus each coded paragraph stands for."""

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.tables.checks import refuse_strangers
from analysis.tables.schema import PLACE


def sampling_weights(coded: pd.DataFrame, sheet: pd.DataFrame | None) -> np.ndarray:
    """Return the inverse of the inclusion probability of each coded paragraph."""
    if sheet is None:
        return np.ones(len(coded))
    missing = [column for column in (*PLACE, "probability") if column not in sheet]
    if missing:
        raise TableError(
            f"the coding sheet has no column {missing[0]!r}; give the sheet as it was drawn"
        )
    if sheet.duplicated(PLACE).any():
        row = sheet[sheet.duplicated(PLACE)].iloc[0]
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
    why = "was coded but is not in the coding sheet; give the sheet that was coded"
    refuse_strangers(coded, sheet, why)
    drawn = sheet[PLACE].assign(probability=probability)
    return 1 / coded[PLACE].merge(drawn, how="left")["probability"].to_numpy(float)
