"""A researcher sees the sentence, not the call stack."""

import warnings

import pytest
from IPython.core.interactiveshell import InteractiveShell

import analysis as fa
from analysis.errors import LexiconError, MediaFramingError, StatisticsWarning


def test_notebooks_show_one_line_for_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    shell = InteractiveShell.instance()
    shell.run_cell("import analysis as fa\nfa.load_lexicon('no such lexicon')")
    shown = capsys.readouterr().out
    assert "LexiconError: there is no lexicon file 'no such lexicon'" in shown
    assert "Traceback" not in shown


def test_every_error_of_the_package_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="no such lexicon") as caught:
        fa.load_lexicon("no such lexicon")
    assert isinstance(caught.value, LexiconError)
    assert isinstance(caught.value, MediaFramingError)


def test_notebooks_show_our_warnings_as_one_plain_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warnings, "formatwarning", warnings.formatwarning)
    fa.use_style()
    fa.use_style()
    shown = warnings.formatwarning(StatisticsWarning("few documents"), StatisticsWarning, "a", 1)
    assert shown == "Note: few documents\n"
    assert "a:1: UserWarning: other" in warnings.formatwarning("other", UserWarning, "a", 1)
