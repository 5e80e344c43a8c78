"""Which key of the keyboard stands for which code."""

import re
from collections.abc import Sequence

_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


def keys_for(codes: Sequence[str]) -> list[str]:
    """Give each code of one category a key."""
    own = [code.lower() for code in codes]
    plain = all(re.fullmatch("[0-9a-z]", code) for code in own)
    if plain and len(set(own)) == len(own):
        return own
    return [_KEYS[n] if n < len(_KEYS) else "" for n in range(len(codes))]
