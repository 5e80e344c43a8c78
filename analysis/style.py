"""The look of figures and highlighted text: colours, markers, hatches, fonts, safe labels."""

import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.tables import EM_DASH  # placeholder
