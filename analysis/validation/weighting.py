"""How many paragraphs of the corpus each coded paragraph stands for."""

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.tables.checks import check_table, refuse_strangers
from analysis.tables.schema import PLACE


def sampling_weights(coded: pd.DataFrame, sheet: pd.DataFrame | None) -> np.ndarray:
    """Return the inverse of the inclusion probability of each coded paragraph."""
    if sheet is None:
        return np.ones(len(coded))
    sheet = check_table(sheet, "coding_sheet", needed=(*PLACE, "probability"))
    wrong = ~((sheet["probability"] > 0) & (sheet["probability"] <= 1))
    if wrong.any():
        row = sheet[wrong].iloc[0]
        raise TableError(
            f"the probability of paragraph {row['paragraph']} of {row['document_id']!r} is "
            f"{row['probability']}; one of a paragraph that was drawn is above 0 and at most 1"
        )
    why = "was coded but is not in the coding sheet; give the sheet that was coded"
    refuse_strangers(coded, sheet, why)
    return 1 / coded[PLACE].merge(sheet[[*PLACE, "probability"]], how="left")[
        "probability"
    ].to_numpy(float)
