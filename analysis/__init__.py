"""Measure how news texts frame events: frames and hedging, paragraph by paragraph.

Names are imported on first use, so that ``import analysis`` costs nothing; `__init__.pyi`
lists them.
"""

from importlib import metadata
from typing import Any

import lazy_loader

_load, _, _names = lazy_loader.attach_stub(__name__, __file__)
__all__ = sorted([*_names, "__version__"])


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return metadata.version("media-framing")
    if name not in _names:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return _load(name)


def __dir__() -> list[str]:
    return __all__
