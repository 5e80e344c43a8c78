"""A researcher sees the sentence, not the call stack."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

import analysis as fa
from analysis.errors import LexiconError, MediaFramingError


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
