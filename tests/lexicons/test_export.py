"""A saved lexicon comes back whole, or the table of losses says what does not."""

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning
from analysis.tables.checks import check_table

# Words that a writer of YAML, CSV or .dic may stumble over, and any others.
ODD = st.sampled_from(
    [
        *("no", "yes", "null", "1.0", "*ism", "border*", "a: b", "rock 'n' roll", 'say "a"', "é"),
        *("-1", "=1+1", "@a", "+a", "a\tb", "a\nb", "a\r\nb", "a;b", "a\\", "a\\;b", "# a", "'a'"),
        *("{a", "[a]", "a,b", "&a", "!a", "%a", "% a", "1", "a 1", "(a", "<a>", "a?", "categories"),
        *(
            "terms",
            "__",
            "a/b",
            "/a",
            "a//",
            "\x85a",
            "\u2028a",
            "a\u2028b",
            "\ufeffa",
            "\U0001f600a",
        ),
        *("DicTerm", "term", "'=a", "''a", "name", "a\0b", "\x01a", "ａ", "＝a", " a", "a  b"),
    ]
)
WORDS = ODD | st.text(min_size=1, max_size=8).map(lambda text: f"a{text}z")
TEXTS = st.just("") | WORDS
NEIGHBOURS = st.lists(st.sampled_from(["the", "<number>", "a*"]), max_size=2)
TERMS = st.fixed_dictionaries(
    {"term": WORDS},
    optional={
        "weight": st.floats(allow_nan=False, allow_infinity=False),
        "case": st.sampled_from(["sensitive", "insensitive"]),
        "kind": st.sampled_from(["thing", "event", "state"]),
        "unless": st.lists(WORDS, max_size=2),
        "before": NEIGHBOURS,
        "after": NEIGHBOURS,
        "note": TEXTS,
    },
)
TERM_LISTS = st.lists(WORDS | TERMS, min_size=1, max_size=4)
CATEGORIES = st.fixed_dictionaries(
    {"terms": TERM_LISTS},
    optional={
        "definition": TEXTS,
        "exclude": st.lists(WORDS, max_size=2),
        "subcategories": st.dictionaries(
            WORDS,
            TERM_LISTS | st.fixed_dictionaries({"definition": TEXTS, "terms": TERM_LISTS}),
            max_size=3,
        ),
    },
)
LEXICA = st.builds(
    lambda name, categories, version: quietly(
        fa.lexicon_from_dict, name.strip() or "a", categories, version=version
    ),
    WORDS,
    st.dictionaries(WORDS, TERM_LISTS | CATEGORIES, min_size=1, max_size=3),
    st.sampled_from(["0", "1.0.0"]),
)


def quietly(function: Any, *arguments: Any, **options: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LexiconWarning)
        return function(*arguments, **options)


def through(lexicon: fa.Lexicon, name: str, form: str | None = None) -> tuple[Any, Any]:
    """Save and load; return the losses of saving and the lexicon that comes back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        losses = fa.save_lexicon(lexicon, path, format=form)
        check_table(losses, "losses")
        return losses, quietly(fa.load_lexicon, path)


def content(lexicon: fa.Lexicon) -> Any:
    """All that a plain form can hold, in any order."""
    return {
        category.name: {(entry.term, entry.subcategory) for entry in category.entries}
        for category in lexicon.categories
    }


def notes(lexicon: fa.Lexicon) -> list[str]:
    """Notes decide nothing, so that equal lexica may have others."""
    return lexicon.entries["note"].tolist()


@given(lexicon=LEXICA)
def test_our_own_form_holds_everything(lexicon: fa.Lexicon) -> None:
    losses, back = through(lexicon, "any.yml")
    assert losses.empty
    assert back == lexicon
    assert notes(back) == notes(lexicon)


@given(lexicon=LEXICA)
def test_the_table_of_entries_holds_everything(lexicon: fa.Lexicon) -> None:
    losses, back = through(lexicon, "any.csv")
    assert losses.empty
    assert back == lexicon
    assert notes(back) == notes(lexicon)
    assert back.description == lexicon.description


@pytest.mark.parametrize(("form", "name"), [("quanteda", "k.yml"), ("liwc", "k.dic")])
@given(lexicon=LEXICA)
def test_what_a_plain_form_does_not_hold_is_in_its_losses(
    form: str, name: str, lexicon: fa.Lexicon
) -> None:
    terms = [entry.term for category in lexicon.categories for entry in category.entries]
    if form == "liwc" and all(set(term) & set("\t\n\r\0?") for term in terms):
        with pytest.raises(LexiconError, match=r"no term that a \.dic can hold"):
            through(lexicon, name, form)
        return
    losses, back = through(lexicon, name, form)
    changed = set(losses["what"]) & {"renamed", "unsupported", "subcategory", "empty category"}
    if not changed:
        assert content(back) == content(lexicon)
    if losses.empty:
        assert back.version == lexicon.version
        assert back.content_hash == lexicon.content_hash


def test_the_file_says_how_rich_a_lexicon_is_and_the_table_what_it_loses(tmp_path: Path) -> None:
    lexicon = fa.lexicon_from_dict(
        "mine",
        {
            "border": {
                "definition": "Lines.",
                "exclude": ["border collie"],
                "subcategories": {
                    "line": [
                        {"term": "edge", "weight": 0.5, "case": "sensitive", "unless": ["edge on"]}
                    ]
                },
            }
        },
        version="1.0.0",
    )
    for form, name in [("liwc", "mine.dic"), ("quanteda", "mine.yml")]:
        losses = fa.save_lexicon(lexicon, tmp_path / name, format=form)
        expected = ["version", "definition", "exclusion", "weight", "case", "condition"]
        assert losses["what"].tolist()[:6] == expected
        assert losses["what"].tolist()[6:] == (["subcategory"] if form == "liwc" else [])
    assert (tmp_path / "mine.dic").read_text() == "%\n1\tborder\n%\nedge\t1\n"


def test_a_flat_lexicon_survives_every_form() -> None:
    lexicon = fa.lexicon_from_dict("k", {"border": ["edge", "no man's land"], "aid": ["edge"]})
    for form in ("media-framing", "quanteda", "liwc", "csv"):
        losses, back = through(lexicon, "k.txt", form)
        assert losses.empty
        assert back == lexicon


def test_emoticons_of_other_programs_are_left_out_of_our_own_files(tmp_path: Path) -> None:
    path = tmp_path / "mine.dic"
    path.write_text("%\n1\tjoy\n2\tsad\n%\n:)\t1\nglee\t1\n:(\t2\n")
    lexicon = quietly(fa.load_lexicon, path)
    losses, back = through(lexicon, "mine.yml")
    assert losses[["category", "what"]].values.tolist() == [
        ["joy", "unsupported"],
        ["sad", "unsupported"],
        ["sad", "empty category"],
    ]
    assert content(back) == {"joy": {("glee", None)}}
    losses, back = through(lexicon, "mine.dic")
    assert losses.empty
    assert back == lexicon


def test_a_table_made_by_hand_needs_two_columns(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes("category;term;unless\nborder;café;café society; \n".encode("cp1252")[:-3])
    with pytest.warns(LexiconWarning, match="Windows-1252"):
        lexicon = fa.load_lexicon(path)
    (entry,) = lexicon.categories[0].entries
    assert (entry.term, entry.unless) == ("café", ("café society",))


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """X07"""
    lexicon = fa.lexicon_from_dict("=name", {"@k": [{"term": "a", "weight": -1.5}]})
    fa.save_lexicon(lexicon, tmp_path / "mine.csv")
    cells = (tmp_path / "mine.csv").read_text().replace("\n", ",").split(",")
    assert [cell for cell in cells if cell[:1] in ("=", "@", "+", "-")] == ["-1.5"]


def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R02"""
    lexicon = fa.lexicon_from_dict("mine", {"border": ["edge"]})
    path = tmp_path / "mine.yml"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LexiconError, match=r"mine\.yml cannot be written \(No space left"):
        fa.save_lexicon(lexicon, path)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("mine.yml", "old")]


def test_saving_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    target, link = tmp_path / "mine.yml", tmp_path / "link.yml"
    target.write_text("old")
    link.symlink_to(target)
    fa.save_lexicon(fa.lexicon_from_dict("mine", {"border": ["edge"]}), link)
    assert link.is_symlink()
    assert fa.load_lexicon(target).category_names == ("border",)


def test_what_cannot_be_saved_is_told_in_one_sentence(tmp_path: Path) -> None:
    lexicon = fa.lexicon_from_dict("mine", {"border": ["edge"]})
    with pytest.raises(LexiconError, match="ending does not tell the form"):
        fa.save_lexicon(lexicon, tmp_path / "mine.txt")
    with pytest.raises(LexiconError, match="no form 'excel'; choose one of media-framing"):
        fa.save_lexicon(lexicon, tmp_path / "mine.yml", format="excel")
    with pytest.raises(LexiconError, match="cannot be written"):
        fa.save_lexicon(lexicon, tmp_path / "nowhere" / "mine.yml")
    with pytest.raises(TypeError, match="only a Lexicon"):
        fa.save_lexicon({"border": ["edge"]}, tmp_path / "mine.yml")  # type: ignore[arg-type]
    broken = fa.lexicon_from_dict("mine", {"a\ud800": ["edge"]})
    with pytest.raises(LexiconError, match="surrogate"):
        fa.save_lexicon(broken, tmp_path / "mine.csv")
