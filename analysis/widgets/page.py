"""What all pages in JupyterLab have in common, on Python's side."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
from IPython.display import display

from analysis.errors import MediaFramingError, own_fault

_PARTS = Path(__file__).parent
_VIEW = "application/vnd.jupyter.widget-view+json"


def page_source(folder: Path) -> str:
    """Join the shared parts and the scripts of a folder, ``widget.js`` last, into one module."""
    last = folder / "widget.js"
    others = sorted(script for script in folder.glob("*.js") if script != last)
    return _joined(_PARTS / "parts.js", *others, last)


def page_styles(folder: Path) -> str:
    """Join the shared styles and the ``widget.css`` of a folder."""
    return _joined(_PARTS / "parts.css", folder / "widget.css")


def _joined(*files: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


class Page(anywidget.AnyWidget):
    """A page that asks Python by messages, and a static view that reports show in its place.

    A subclass gives ``_answer`` and ``_static_html``, and ``__repr__`` for plain text. What
    they need is set before ``super().__init__()``.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        super().__init__()
        self.on_msg(self._reply)

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a message from the page asks, and return what to say to it."""
        raise NotImplementedError

    def _static_html(self) -> str:
        """Return what reports show, where the page itself is blank."""
        raise NotImplementedError

    def _reply(self, _: Any, message: Any, __: Any) -> None:
        # JupyterLab may hand messages to a thread of their own while a cell runs.
        with self._lock:
            try:
                answer = self._answer(message)
            except MediaFramingError as fault:
                answer = {"kind": "failed", "error": str(fault)}
            except Exception as fault:  # noqa: BLE001 - a page without a reply waits for ever
                answer = {"kind": "failed", "error": own_fault(fault, "yours")}
            self.send({**answer, "id": message.get("id")})

    def _ipython_display_(self) -> None:
        # The page comes first, so that it is built while the static view is made.
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        display({_VIEW: view, "text/plain": ""}, raw=True)
        # The static view is an output of its own, since nbconvert shows nothing of one that
        # holds a widget as well. A living page hides it.
        html = f'<div class="mf-static">{self._static_html()}</div>'
        display({"text/html": html, "text/plain": repr(self)}, raw=True)
