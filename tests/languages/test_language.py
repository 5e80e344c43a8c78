"""One folder is one language: found by code, name or folder, and used by every verb."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import LanguageError, LanguageWarning, TableError
from analysis.languages.language import known_language, load_language, neutral_language

ENGLISH = load_language()
LEXICON = fa.lexicon_from_dict("k", {"k": ["border", "grenze", "limo*"]})

# Words of no people: "dixu" says, "forsu" perhaps, "nulu" not, "Sro." a title, "kaj" and.
FILES = {
    "language.yml": "code: vu\nnames: vulin\n",
    "words/abbreviations.yml": "titles: Sro\n",
    "words/headlines.yml": "by: far\n",
    "words/dates.yml": "months: {unua: 1}\nbeside: je\n",
    "words/voice.yml": (
        "that: kvu\ndeterminers: la\ncoordinators: kaj\nhe: lu\nfinite: restu falu\ntitles: Sro\n"
    ),
    "words/certainty.yml": (
        "reach:\n  hedging: {adverb: clause}\n  negation: {negator: following}\n"
        "coordinators: kaj\nsubjects: lu\n"
    ),
    "words/endings.yml": "inflection: n j\n",
    "words/stop_words.yml": "stop_words: la kaj\n",
    "words/numbers.yml": "numbers: du\n",
    "lexica/attribution.yml": "name: diroj\ncategories: {say: {subcategories: {saying: [dixu]}}}\n",
    "lexica/hedging.yml": "name: duboj\ncategories: {hedge: {subcategories: {adverb: [forsu]}}}\n",
    "lexica/negation.yml": "name: neoj\ncategories: {no: {subcategories: {negator: [nulu]}}}\n",
}
TEXT = (
    "La limo restu. Sro. Vek dixu kvu limoj falu.\n\n"
    "Forsu la limo tenu, kaj lu iru. Nulu limo restu. “La limo falu tute,” dixu Ana Vek."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "vulin"
    for name, content in FILES.items():
        path = own / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return own


def documents(*languages: str | None, text: str = "Mr. Ito met us at the border.") -> pd.DataFrame:
    found = fa.documents_from_texts([text] * len(languages))
    return found.assign(language=pd.Series(languages, dtype="str"))


def test_a_folder_of_ones_own_takes_the_whole_path(folder: Path) -> None:
    own = {"language": folder}
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([TEXT]), **own)
    assert paragraphs["n_sentences"].tolist() == [2, 3]
    assert fa.split_sentences(paragraphs, **own)["start"].tolist() == [0, 15, 46, 78, 95]
    hits = fa.find_hits(paragraphs, LEXICON, **own)
    assert hits[["voice", "speaker", "certainty"]].astype(object).fillna("").values.tolist() == [
        ["narrator", "", "asserted"],
        ["paraphrase", "Ana Vek", "asserted"],
        ["narrator", "", "hedged"],
        ["narrator", "", "negated"],
        ["quote", "Ana Vek", "asserted"],
    ]
    attributions = fa.find_attributions(paragraphs, **own)
    assert attributions["cue"].tolist() == ["dixu", "dixu"]
    assert fa.find_hedges(paragraphs, **own)["cue"].tolist() == ["Forsu"]
    assert fa.find_negations(paragraphs, **own)["cue"].tolist() == ["Nulu"]
    tables = fa.analyze(fa.documents_from_texts([TEXT]), LEXICON, **own)
    pd.testing.assert_frame_equal(tables["hits"], hits)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice", "certainty"])
    assert scores["n_hits"].sum() == 5
    assert fa.count_speakers(hits)["n_hits"].sum() == 5


@pytest.mark.parametrize(
    ("lists", "text", "without", "with_them"),
    [
        ("negators: nene", "Ana Vek nene dixu", "paraphrase Ana Vek nene", "narrator"),
        ("nobody: nenio", "Nenio dixu", "paraphrase Nenio", "narrator"),
        ("pointing: tiu", "Tiu dixu", "paraphrase Tiu", "narrator"),
        ("adverbs: jam", "Ana Vek jam dixu", "paraphrase Ana Vek jam", "paraphrase Ana Vek"),
        ("persons: ministo", "La ministo dixu", "paraphrase", "paraphrase La ministo"),
        ("bodies: sovio", "La sovio dixu", "paraphrase", "paraphrase La sovio"),
        ("documents: letro", "La letro dixu", "paraphrase", "paraphrase La letro"),
        (
            "she: shu\nnames_of_women: Ana",
            "Ana Vek dixu ion. Shu dixu",
            "paraphrase Shu",
            "paraphrase Ana Vek",
        ),
        ("needing_clause: dixu", "Ana Vek dixu limon. Ana Vek", "paraphrase Ana Vek", "narrator"),
    ],
)
def test_each_list_of_voices_says_who_speaks(
    folder: Path, lists: str, text: str, without: str, with_them: str
) -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([f"{text} kvu limoj falu."]))
    voices = folder / "words/voice.yml"
    for more, expected in (("", without), (lists, with_them)):
        voices.write_text(f"{FILES['words/voice.yml']}{more}\n", encoding="utf-8")
        hit = fa.find_hits(paragraphs, LEXICON, language=folder).fillna("").iloc[0]
        assert f"{hit['voice']} {hit['speaker']}".strip() == expected


def test_the_page_for_other_languages_tells_of_every_list_of_voices() -> None:
    page = Path(__file__).parents[2] / "docs" / "your_language.md"
    told = set(re.findall("`([a-z_]+)`", page.read_text(encoding="utf-8")))
    assert set(ENGLISH.words["voice"]) <= told


def test_in_english_the_same_text_has_no_voice_but_the_narrators() -> None:
    hits = fa.analyze(fa.documents_from_texts([TEXT]), LEXICON)["hits"]
    assert hits["certainty"].unique().tolist() == ["asserted"]
    assert hits["speaker"].isna().all()


def test_a_list_that_is_changed_counts_from_the_next_call_on(folder: Path) -> None:
    found = fa.documents_from_texts(["Dro. Vek restu."])
    assert fa.split_paragraphs(found, language=folder)["n_sentences"].tolist() == [2]
    (folder / "words/abbreviations.yml").write_text("titles: Sro Dro\n", encoding="utf-8")
    assert fa.split_paragraphs(found, language=folder)["n_sentences"].tolist() == [1]


def test_a_copy_of_the_english_folder_gives_what_english_gives(tmp_path: Path) -> None:
    assert ENGLISH.folder is not None
    copy = shutil.copytree(ENGLISH.folder, tmp_path / "copy")
    text = "Troops may cross the border, Mr. Ito said. No border is safe, he told reporters."
    found = fa.documents_from_texts([text])
    ours, theirs = (fa.analyze(found, LEXICON, language=language) for language in (None, copy))
    for name, table in ours.items():
        pd.testing.assert_frame_equal(table, theirs[name])


@pytest.mark.parametrize("name", ["en", "EN", "en-GB", "en_US", "English", " english (UK)"])
def test_english_is_known_by_many_names(name: str) -> None:
    assert known_language(name) is ENGLISH
    assert load_language(name) is ENGLISH


@pytest.mark.parametrize("name", [None, float("nan"), pd.NA, "", " "])
def test_what_names_no_language_is_english(name: object) -> None:
    assert known_language(name) is ENGLISH


@pytest.mark.parametrize("name", ["de", "Deutsch", "x/en", "enough", "-"])
def test_an_unknown_language_is_refused_and_the_known_ones_are_listed(name: str) -> None:
    paragraphs = fa.split_paragraphs(documents(None))
    with pytest.raises(LanguageError, match=f"there is no language '{name}'; there is en, or give"):
        fa.find_hits(paragraphs, LEXICON, language=name)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("language.yml", "names: vulin\n", "has no code; write one"),
        ("words/voice.yml", "betwen: la\n", "voice.yml: the list 'betwen' is none that is read"),
        ("words/voice.yml", "nobody: [la]\n", "voice.yml: the list 'nobody' has another form"),
        ("words/voices.yml", "that: kvu\n", "words/voices.yml, which nothing reads"),
        ("words/dates.yml", "- unua\n", "dates.yml holds no lists with names"),
        ("words/dates.yml", "a: [\n", "dates.yml cannot be read"),
    ],
)
def test_a_folder_that_breaks_a_rule_is_refused(
    folder: Path, name: str, content: str, message: str
) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(LanguageError, match=message):
        fa.split_paragraphs(documents(None), language=folder)


def test_without_lexica_of_cues_voice_and_certainty_stay_null(folder: Path) -> None:
    (folder / "lexica/negation.yml").unlink()
    hits = fa.analyze(fa.documents_from_texts([TEXT]), LEXICON, language=folder)["hits"]
    assert hits["voice"].isna().all()
    assert hits["certainty"].isna().all()


def test_an_unknown_language_in_the_column_is_told_of_once_and_stops_nothing() -> None:
    found = documents("en-GB", "de", "de", None)
    with pytest.warns(LanguageWarning, match=r"'de' of 2 documents .* \(en\)") as warned:
        tables = fa.analyze(found, LEXICON)
    assert len(warned) == 1
    # "Mr." ends a sentence where no abbreviation is known.
    assert tables["paragraphs"]["n_sentences"].tolist() == [1, 2, 2, 1]
    assert tables["paragraphs"]["language"].astype(object).tolist()[:3] == ["en-GB", "de", "de"]
    hits = tables["hits"]
    assert hits["document_id"].tolist() == found["document_id"].tolist()
    unknown = hits["document_id"].isin(["text_0002", "text_0003"])
    for name in ("voice", "speaker", "certainty"):
        assert hits.loc[unknown, name].isna().all()
    assert hits.loc[~unknown, "voice"].tolist() == ["narrator", "narrator"]
    assert tables["document_scores"]["n_hits"].tolist() == [1, 1, 1, 1]


@pytest.mark.filterwarnings("ignore::analysis.errors.LanguageWarning")
def test_split_scores_keep_hits_without_a_voice_in_rows_of_their_own() -> None:
    tables = fa.analyze(documents("de", "en"), LEXICON)
    scores = fa.score_paragraphs(
        tables["paragraphs"], tables["hits"], LEXICON, split=["voice", "certainty"]
    )
    counted = scores[scores["n_hits"] > 0]
    assert counted["voice"].astype(object).fillna("null").tolist() == ["null", "narrator"]
    totals = fa.score_documents(scores.assign(all="all"), by="all")
    assert totals["n_hits"].sum() == tables["document_scores"]["n_hits"].sum() == 2
    ax = fa.plot_voices(scores)
    [caption] = ax.figure.findobj(lambda artist: artist.get_gid() == "caption")
    assert "1 hit of unknown voice left out." in " ".join(caption.get_text().split())


@pytest.mark.filterwarnings("ignore::analysis.errors.LanguageWarning")
def test_shares_by_voice_are_of_the_hits_that_have_one() -> None:
    text = "The border is open, Ana Rell said. The border may close."
    tables = fa.analyze(documents("de", "en", text=text), LEXICON)
    speakers = fa.count_speakers(tables["hits"])
    assert speakers[["speaker", "n_hits", "share"]].values.tolist() == [
        ["(narrator)", 1, 0.5],
        ["Ana Rell", 1, 0.5],
    ]
    lexica = [LEXICON, fa.load_lexicon("hedging")]
    hits = fa.find_hits(tables["paragraphs"], lexica)
    density = fa.hedging_density(tables["paragraphs"], hits)
    assert density[["n_hits", "n_hedged", "n_sentences", "n_other_sentences"]].values.tolist() == [
        [2, 1, 2, 0]
    ]


@pytest.mark.filterwarnings("ignore::analysis.errors.LanguageWarning")
def test_a_folder_with_nothing_but_a_foreign_article_runs_to_the_end() -> None:
    tables = fa.analyze(documents("de"), LEXICON)
    paragraphs, hits = tables["paragraphs"], tables["hits"]
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice", "certainty"])
    assert scores["n_hits"].sum() == 1
    speakers = fa.count_speakers(hits)
    assert speakers.empty
    assert fa.plot_voices(scores).get_yticklabels()
    assert fa.plot_speakers(speakers).get_title() == ""
    assert fa.hedging_density(paragraphs, hits).empty
    for find in (fa.find_attributions, fa.find_hedges, fa.find_negations):
        assert find(paragraphs).empty


def test_hits_whose_context_nobody_looked_for_are_still_refused() -> None:
    paragraphs = fa.split_paragraphs(documents("en"))
    hits = fa.find_hits(paragraphs, LEXICON, in_context=False)
    with pytest.raises(TableError, match="was not determined"):
        fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice"])


def test_what_is_given_goes_before_what_the_column_says() -> None:
    hits = fa.analyze(documents("de", "fr"), LEXICON, language="en")["hits"]
    assert hits["voice"].tolist() == ["narrator", "narrator"]


def test_reading_lists_a_language_that_is_not_known_without_a_warning() -> None:
    articles = pd.DataFrame({"text": ["Die Grenze.", "A border."], "language": ["de", "en"]})
    _, skipped = fa.read_documents(articles, return_skipped=True)
    assert skipped["what"].tolist() == ["value"]
    assert skipped["reason"].str.startswith("language 'de' of 1 document is not among").all()
    assert fa.read_documents(articles)["language"].tolist() == ["de", "en"]


def test_paragraphs_carry_a_language_only_where_one_is_given() -> None:
    assert "language" not in fa.split_paragraphs(documents(None, None))


def test_function_words_and_endings_are_those_of_the_language(folder: Path) -> None:
    texts = ["La limo kaj la maro.", "La limo kaj la tero.", "La limo kaj la maro."]
    alike = fa.similarity(fa.documents_from_texts(texts), language=folder)
    assert alike["n_a"].tolist() == [2, 2, 2]
    lexicon = fa.lexicon_from_dict("v", {"v": ["limo*"]})
    words = ["limo", "limon", "limoj", "limonado"]
    found = fa.lint_lexicon(lexicon, words=words, language=folder)
    assert found["other"].tolist() == ["limonado"]


def test_number_words_are_those_of_the_lexicons_language(tmp_path: Path) -> None:
    counts = []
    for language in ("en", "de"):
        path = tmp_path / f"{language}.yml"
        term = "{term: troops, before: [<number>]}"
        path.write_text(f"language: {language}\ncategories: {{k: [{term}]}}\n", encoding="utf-8")
        found = fa.documents_from_texts(["Two troops, 2 troops."])
        counts.append(fa.count_hits(fa.split_paragraphs(found), fa.load_lexicon(path)))
    assert [table["n_hits"].sum() for table in counts] == [2, 1]


def test_a_language_cannot_be_changed_and_the_neutral_one_has_no_words() -> None:
    with pytest.raises(TypeError):
        ENGLISH.words["voice"]["be"] = frozenset()  # type: ignore[index]
    assert not any(words for lists in neutral_language().words.values() for words in lists.values())
    assert not neutral_language().tells_context
