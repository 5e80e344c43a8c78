"""Which key of the keyboard stands for which code."""

import re
from collections.abc import Sequence

_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


def keys_for(codes: Sequence[str]) -> list[str]:
    """Give each code of one category a key.

    Parameters
    ----------
    codes : sequence of str
        The codes of one category.

    Returns
    -------
    list of str
        The codes themselves where each is one digit or letter of its own; else 1 to 9, then
        a to z, and an empty string for those beyond.

    Examples
    --------
    >>> from analysis.validation.widget.keys import keys_for
    >>> keys_for(["1", "0"]), keys_for(["pro", "contra"])
    (['1', '0'], ['1', '2'])
    """
    own = [code.lower() for code in codes]
    plain = all(re.fullmatch("[0-9a-z]", code) for code in own)
    if plain and len(set(own)) == len(own):
        return own
    return [_KEYS[n] if n < len(_KEYS) else "" for n in range(len(codes))]
