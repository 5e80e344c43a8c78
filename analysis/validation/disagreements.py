"""Which units coders coded differently, for them to discuss."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.tables.checks import check_table, make_table
from analysis.tables.schema import PLACE
from analysis.validation.coding import Level, distances, place_codes
from analysis.validation.gold import UNIT


def disagreements(
    codes: pd.DataFrame,
    paragraphs: pd.DataFrame | None = None,
    *,
    level: Level = "nominal",
    order: Sequence[str] | None = None,
    missing: str | Sequence[str] = (),
) -> pd.DataFrame:
    """List the units that coders coded differently, the most divergent first.

    Parameters
    ----------
    codes : pandas.DataFrame
        Table ``codes``.
    paragraphs : pandas.DataFrame, optional
        Table ``paragraphs``, for the texts that were coded.
    level, order, missing
        As for `agreement`. They decide what diverges most: at level nominal the share of
        pairs of coders that differ, else how far apart their codes are on average.

    Returns
    -------
    pandas.DataFrame
        Table ``disagreements``: one row for each unit that two coders or more coded with
        different codes. ``codes`` holds them by coder, as in ``"Ana: 1 | Ben: 0"``; ``text`` is
        null without `paragraphs`. Among equals, units keep the order of `codes`.

    Raises
    ------
    TableError
        If a table breaks its schema, a code does not fit `level` or `order`, or `paragraphs`
        lacks a paragraph that was coded.
    ValueError
        If `level` or `order` is none.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> codes = pd.DataFrame({
    ...     "document_id": "a",
    ...     "paragraph": [0, 0, 1, 1],
    ...     "category": "security",
    ...     "coder": ["Ana", "Ben"] * 2,
    ...     "code": ["1", "1", "1", "0"],
    ... })
    >>> fa.disagreements(codes)[["paragraph", "codes"]].values.tolist()
    [[1, 'Ana: 1 | Ben: 0']]
    """
    codes = check_table(codes, "codes")
    placed, scale = place_codes(codes, level, order, missing)
    texts = None if paragraphs is None else _texts(paragraphs, codes)
    apart = distances(scale)
    given = placed.assign(code=codes["code"].to_numpy(object))[placed["place"] >= 0]
    rows = []
    for unit, own in given.groupby(UNIT, sort=False):
        place = own["place"].to_numpy()
        if (place == place[0]).all():
            continue
        told = own.sort_values("coder")
        written = " | ".join(told["coder"] + ": " + told["code"].astype(str))
        # Nobody disagrees with oneself, so that the diagonal is no pair.
        divergence = apart[np.ix_(place, place)].sum() / (len(place) * (len(place) - 1))
        text = None if texts is None else texts[unit[:2]]
        rows.append((*unit, written, len(place), divergence, text))
    # Sums of floats may differ in their last digits; equal ones keep their order.
    rows.sort(key=lambda row: -round(row[5], 9))
    columns = [*UNIT, "codes", "n_codes", "divergence", "text"]
    return make_table("disagreements", pd.DataFrame(rows, columns=columns))


def _texts(paragraphs: pd.DataFrame, codes: pd.DataFrame) -> dict[Any, Any]:
    paragraphs = check_table(paragraphs, "paragraphs")
    texts = paragraphs.set_index(PLACE)["text"].to_dict()
    for place in codes[PLACE].itertuples(index=False, name=None):
        if place not in texts:
            raise TableError(
                f"paragraphs has no paragraph {place[1]} of document {place[0]!r}, which was "
                "coded; give the paragraphs that the coders read"
            )
    return texts
