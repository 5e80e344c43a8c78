"""The codebook by which coders decide what a lexicon is to find."""

import pandas as pd

from analysis.errors import TableError
from analysis.lexicons.model import Lexicon, check_lexicon
from analysis.tables.checks import make_table

_CODES = {"1": "present", "0": "absent"}


def make_codebook(lexicon: Lexicon) -> pd.DataFrame:
    """Make a codebook of the definitions that a lexicon gives of its categories.

    Parameters
    ----------
    lexicon : Lexicon
        Its categories have definitions.

    Returns
    -------
    pandas.DataFrame
        Table ``codebook``: codes 1 (present) and 0 (absent) for each category.

    Raises
    ------
    TypeError
        If `lexicon` is something else.
    TableError
        If a category has no definition: coders would agree on nothing but the lexicon's name.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.make_codebook(fa.load_lexicon("boosters"))[["code", "meaning"]].values.tolist()
    [['1', 'present'], ['0', 'absent']]
    """
    check_lexicon(lexicon)
    undefined = [category.name for category in lexicon.categories if not category.definition]
    if undefined:
        raise TableError(
            f"category {undefined[0]!r} of {lexicon.name} has no definition; write one into the "
            "lexicon, or a codebook of your own"
        )
    rows = [
        (category.name, " ".join(category.definition.split()), code, meaning)
        for category in lexicon.categories
        for code, meaning in _CODES.items()
    ]
    columns = ("category", "definition", "code", "meaning")
    return make_table("codebook", dict(zip(columns, zip(*rows, strict=True), strict=True)))
