"""Templates → pages and pieces of pages, with all texts escaped."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

TEMPLATES = Path(__file__).with_name("templates")


def fill_template(name: str, **values: Any) -> str:
    """Return what a template of ``templates`` makes of values."""
    return _templates().get_template(name).render(**values)


@cache
def _templates() -> Environment:
    # Without autoescape a title could smuggle markup into the page.
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
