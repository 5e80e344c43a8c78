"""A plot of a table without rows is a panel that says so, and can be saved."""

import warnings
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

import analysis as fa
from analysis.errors import TableError
from tests.calls import IN_ORDER_GIVEN, ORDERED

_PLOTS = {
    name: call for name, call in {**ORDERED, **IN_ORDER_GIVEN}.items() if name.startswith("plot_")
}
# They draw what an argument names.
_NAMING = {"plot_paragraphs": "has no document 'text_0003'"}


@pytest.mark.parametrize("name", _PLOTS)
def test_an_empty_table_is_drawn_as_a_panel_that_says_so(name: str, tmp_path: Path) -> None:
    tables = [own.head(0) for own in _PLOTS[name].given()]
    if name in _NAMING:
        with pytest.raises(TableError, match=_NAMING[name]):
            _PLOTS[name](*tables)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = _PLOTS[name](*tables)
        fa.save_figure(figure, "empty", folder=tmp_path)
    whole = figure.get_figure(root=True) if isinstance(figure, Axes) else figure
    told = [own.get_text() for own in whole.findobj(Text)]
    assert any(own.startswith(("no ", "too few ")) for own in told)
