"""A researcher sees the sentence, not the call stack."""

import warnings
from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure

import analysis as fa
from analysis.errors import ArgumentError, LexiconError, MediaFramingError, StatisticsWarning

SCORES = """
import analysis as fa
documents = fa.documents_from_texts(["A threat.", "More aid."])
paragraphs = fa.split_paragraphs(documents)
lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
hits = fa.find_hits(paragraphs, lexicon)
scores = fa.score_paragraphs(paragraphs, hits, lexicon)
codes = paragraphs[["document_id", "paragraph"]].assign(
    category="threat", coder="Ana", code=["1", "0"])
groups = {"by": "document_id", "group_a": "text_0001", "group_b": "text_0002"}
"""


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    yield InteractiveShell.instance()
    fa.plain_messages(on=False)
    fa.plain_messages()


def shown_by(shell: InteractiveShell, code: str, capsys: pytest.CaptureFixture[str]) -> str:
    shell.run_cell(SCORES)
    capsys.readouterr()
    shell.run_cell(code)
    return capsys.readouterr().out.strip()


def test_notebooks_show_one_line_for_bad_input(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = shown_by(shell, "fa.load_lexicon('no such lexicon')", capsys)
    assert "LexiconError: there is no lexicon file 'no such lexicon'" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("fa.plot_entries(fa.count_entries(hits), n='3')", "n is '3'; draw at least 1 entry"),
        (
            "fa.plot_documents(fa.score_documents(scores), categories='threat')",
            "categories must be a list of names",
        ),
        ("fa.use_style(width='wide')", "width is 'wide'; give 'page' or 'column'"),
        ("fa.cooccurrence(paragraphs, hits, within='word')", "within is 'word'; give 'sentence'"),
        ("fa.score_paragraphs(paragraphs, hits, lexicon, split='voices')", "split names 'voices'"),
        ("fa.compare_groups(scores, by='desc')", "no column 'desc' to group by"),
        ("fa.agreement(codes, confidence=95)", "confidence is 95; give a share between 0 and 1"),
        ("fa.validate_lexicon(hits, scores, codes, n_resamples=.5)", "n_resamples is 0.5; draw"),
        (
            "fa.compare_documents(scores, adjustment='Bonferroni')",
            "adjustment 'Bonferroni' is unknown",
        ),
        ("fa.score_intervals(scores, method='bca')", "method is 'bca'; give 'BCa' or 'percent"),
        ("fa.log_odds(documents, documents, variance='full')", "variance is 'full'; give 'two-"),
        ("fa.save_figure('plot', 'name')", "figure must be a matplotlib Figure or Axes, not str"),
        ("fa.find_hits(documents, 'framing')", "a Lexicon or a list of them was expected"),
        ("fa.read_documents(['a.txt'])", "must be a path or a pandas DataFrame, not list"),
        ("fa.split_paragraphs('text')", "documents must be a pandas DataFrame, not str"),
    ],
)
def test_notebooks_show_one_sentence_for_a_bad_argument(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], call: str, sentence: str
) -> None:
    shown = shown_by(shell, call, capsys)
    assert sentence in shown
    assert len(shown.splitlines()) == 1


def test_a_bug_keeps_its_traceback(
    shell: InteractiveShell,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("the sizes differ")

    monkeypatch.setattr("analysis.hits.find.check_table", broken, raising=False)
    monkeypatch.setattr("analysis.scores.scoring.check_table", broken)
    shown = shown_by(shell, "fa.score_documents(scores)", capsys)
    assert "Traceback" in shown
    assert "the sizes differ" in shown


def test_developers_switch_full_tracebacks_on(
    shell: InteractiveShell,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call = "fa.agreement(codes, confidence=95)"
    fa.plain_messages(on=False)
    assert "check_resampling" in shown_by(shell, call, capsys)
    fa.plain_messages()
    assert "check_resampling" not in shown_by(shell, call, capsys)
    monkeypatch.setenv("MEDIA_FRAMING_TRACEBACKS", "1")
    assert "check_resampling" in shown_by(shell, call, capsys)


def test_every_error_of_the_package_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="no such lexicon") as caught:
        fa.load_lexicon("no such lexicon")
    assert isinstance(caught.value, LexiconError)
    assert isinstance(caught.value, MediaFramingError)


def test_a_wrong_kind_of_argument_is_also_a_type_error() -> None:
    with pytest.raises(TypeError, match="not list") as caught:
        fa.read_documents(["a.txt"])  # type: ignore[arg-type]
    assert isinstance(caught.value, ArgumentError)


def test_our_warnings_are_one_plain_line_where_this_was_asked_for() -> None:
    fa.plain_messages(on=False)
    before = warnings.formatwarning
    fa.use_style()
    assert warnings.formatwarning is before
    fa.plain_messages()
    fa.plain_messages()
    shown = warnings.formatwarning(StatisticsWarning("few documents"), StatisticsWarning, "a", 1)
    assert shown == "Note: few documents\n"
    assert "a:1: UserWarning: other" in warnings.formatwarning("other", UserWarning, "a", 1)
    fa.plain_messages(on=False)
    assert warnings.formatwarning is before


def test_figures_tell_their_alternative_text_where_this_was_asked_for(
    shell: InteractiveShell,
) -> None:
    assert shell.display_formatter is not None
    figure = Figure()
    figure.suptitle("unread")
    figure.subplots().set_xlabel("hits")
    for on, told in ((True, "Figure: hits."), (False, repr(figure))):
        fa.plain_messages(on=on)
        assert shell.display_formatter.format(figure)[0]["text/plain"] == told
