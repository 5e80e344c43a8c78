"""Templates → pages and pieces of pages, with all texts escaped."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

TEMPLATES = Path(__file__).with_name("templates")
# The only scripts that a browser may run in our pages.
_SCRIPTS = ("dark_mark.js", "reach.js")


def fill_template(name: str, **values: Any) -> str:
    """Return what a template of ``templates`` makes of values."""
    return _templates().get_template(name).render(**values)


@cache
def page_policy() -> str:
    """Return the Content-Security-Policy of every page: own scripts, and nothing from outside."""
    scripts = " ".join(f"'sha256-{_hash_of(TEMPLATES / name)}'" for name in _SCRIPTS)
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; "
        f"script-src {scripts}; base-uri 'none'; form-action 'none'"
    )


def _hash_of(script: Path) -> str:
    # As the page holds it: Jinja drops the last line break.
    content = script.read_text(encoding="utf-8").removesuffix("\n")
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _templates() -> Environment:
    # Without autoescape a title could smuggle markup into the page.
    templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    templates.globals["policy"] = page_policy()
    return templates
