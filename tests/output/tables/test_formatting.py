"""Tables for print say what the tables say: rounded, with units, reasons and sources."""

import math
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import docx
import pandas as pd
import pytest
from great_tables import GT
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import analysis as fa
from analysis.errors import StatisticsWarning, TableError
from analysis.output.tables.columns import schema_of
from analysis.output.tables.formatting import describe_table
from analysis.output.tables.great_table import described
from analysis.output.tables.printed import PrintedTable
from analysis.tables.checks import empty_table, make_table
from analysis.tables.core import TABLES

HOSTILE = ["<script>alert(1)</script>", "a & b_%$#^~\\{}", "[x]", "{{y}}", "=1+1", "a\nb", "−5 ∞"]


def printed(table: pd.DataFrame, **options: object) -> PrintedTable:
    return described(fa.format_table(table, **options))


def column(table: pd.DataFrame, heading: str, **options: object) -> list[str]:
    shown = printed(table, **options)
    place = shown.headings.index(heading)
    return [row[place] for row in shown.rows]


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    texts = ["A threat looms.\n\nAid came."] * 4 + ["A threat.\n\nAid came at last."] * 2
    texts += ["Rain fell."] * 6 + ["A threat."] * 2
    desks = ["a"] * 6 + ["b"] * 6 + ["c"] * 2
    documents = fa.documents_from_texts(texts).assign(desk=desks)
    paragraphs = fa.split_paragraphs(documents)
    lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"], "aid": ["aid"]})
    return fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)


@pytest.fixture(scope="module")
def contrasts(scores: pd.DataFrame) -> pd.DataFrame:
    with pytest.warns(StatisticsWarning):
        return fa.compare_groups(scores, by="desk", n_resamples=99, seed=1)


def contrast(**values: object) -> pd.DataFrame:
    row = {name: {"str": "x", "int64": 1}.get(c.dtype, 0.5) for name, c in contrasts_columns()}
    return make_table("contrasts", pd.DataFrame([row | values]))


def contrasts_columns() -> list[tuple[str, object]]:
    return list(TABLES["contrasts"].columns.items())


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_the_package_has_plain_headings(name: str) -> None:
    table = empty_table(name)
    shown = printed(table, columns=list(table.columns)) if len(table.columns) else printed(table)
    assert len(shown.headings) > 0
    assert [heading for heading in shown.headings if "_" in heading or not heading] == []
    assert shown.notes[0] == "No rows."


@pytest.mark.parametrize("name", ["contrasts", "agreement", "validity", "keyness", "prevalence"])
def test_a_table_is_known_by_its_columns(name: str) -> None:
    table = empty_table(name)
    assert schema_of(table) == name
    assert schema_of(table.iloc[:, : len(table.columns) - 2]) == name


def test_rates_have_one_decimal_shares_two_and_counts_a_comma() -> None:
    table = pd.DataFrame({"n_tokens": [12345], "rate": [3.14159], "share": [0.256], "own": [1.005]})
    shown = printed(table)
    assert shown.rows == (("12,345", "3.1", "0.26", "1.00"),)
    assert shown.headings[:2] == ("Tokens", "Rate (per 1,000 tokens)")
    assert shown.headings[-1] == "own"


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.0, "< .001"), (0.0004, "< .001"), (0.034, ".034"), (0.9999, "> .999"), (1.0, "1.000")],
)
def test_a_p_value_is_never_zero_and_never_rounded_to_one(p: float, text: str) -> None:
    assert column(contrast(p=p), "p") == [text]


def test_bounds_are_one_column_with_the_decimals_of_what_they_bound() -> None:
    table = contrast(low=-1.26, high=2.0, ratio_low=0.333, ratio_high=1.5)
    assert column(table, "Interval") == ["−1.3 to 2.0"]
    assert column(table, "Interval of the ratio") == ["0.33 to 1.50"]
    assert column(table, "Interval", decimals={"difference": 2}) == ["−1.26 to 2.00"]


def test_a_negative_number_that_rounds_to_nothing_has_no_sign() -> None:
    assert column(contrast(difference=-0.01), "Difference (per 1,000 tokens)") == ["0.0"]


def test_a_null_is_a_dash_whose_reason_stands_below(contrasts: pd.DataFrame) -> None:
    shown = printed(contrasts)
    place = shown.headings.index("Interval")
    assert shown.rows[-1][place] == "– (a)" or re.fullmatch(r"– \([a-z]\)", shown.rows[-1][place])
    letter = shown.rows[-1][place][2:]
    assert f"{letter} a group of fewer than 5 documents" in shown.notes


def test_an_undefined_ratio_says_what_its_schema_says(contrasts: pd.DataFrame) -> None:
    shown = printed(contrasts)
    undefined = contrasts["ratio"].isna().to_numpy()
    assert undefined.any()
    cells = column(contrasts, "Ratio")
    (letter,) = {cells[n][2:] for n in undefined.nonzero()[0]}
    assert f"{letter} undefined where rate b is 0" in shown.notes


def test_letters_follow_each_other_as_one_reads(scores: pd.DataFrame) -> None:
    gaps = scores.assign(date=pd.to_datetime("2025-01-01"))
    gaps.loc[gaps["desk"] == "b", "date"] = pd.Timestamp("2025-03-01")
    with pytest.warns(StatisticsWarning):
        table = fa.trend(gaps, freq="M", n_resamples=99)
    shown = printed(table[["period", "category", "rate", "low", "high", "interval_method"]])
    letters = re.findall(r"\((\w)\)", " ".join(cell for row in shown.rows for cell in row))
    first = list(dict.fromkeys(letters))
    assert len(first) >= 2
    assert first == sorted(first)


def test_bounds_that_exist_have_no_reason_of_other_bounds() -> None:
    table = contrast(low=math.nan, high=math.nan, interval_method="none: too few")
    assert column(table, "Interval") == ["– (a)"]
    assert column(table, "Interval of the ratio") == ["0.50 to 0.50"]


def test_what_splits_the_categories_stands_beside_them(scores: pd.DataFrame) -> None:
    headings = printed(scores.assign(voice="narrator")).headings
    assert headings[headings.index("Category") + 1] == "Voice"


def test_the_explanation_of_a_low_agreement_is_kept() -> None:
    codes = pd.DataFrame(
        {
            "document_id": ["a", "a", "b", "b"],
            "paragraph": [0, 0, 0, 0],
            "category": "aid",
            "coder": ["x", "y"] * 2,
            "code": ["0"] * 4,
        }
    )
    table = fa.agreement(codes, n_resamples=99)
    undefined = table[table["value"].isna()]
    assert len(undefined)
    assert f"(a) {undefined['explanation'].iloc[0]}" in printed(table).notes


def test_the_note_tells_sizes_methods_adjustment_and_versions(contrasts: pd.DataFrame) -> None:
    notes = printed(contrasts, note="Of our own.").notes
    assert notes[0] == "Of our own."
    assert "n = 6 documents (a), 6 (b), 2 (c)." in notes
    family = "3 pairs × 2 categories"
    assert f"p adjusted by Benjamini-Hochberg for 6 tests ({family})." in notes
    assert any(note.startswith("Intervals from low to high: BCa, documents") for note in notes)
    assert fa.__version__ in notes[-1]
    assert contrasts["lexicon"].iloc[0] in notes[-1]


def test_the_adjusted_p_stands_before_the_other_and_is_bold(
    contrasts: pd.DataFrame, tmp_path: Path
) -> None:
    headings = printed(contrasts).headings
    assert headings[headings.index("p") - 1] == "p, adjusted"
    page = fa.format_table(contrasts).as_raw_html()
    (bold,) = re.findall(r'headers~="mf-\w+-column_(\d+)"\] { font-weight: bold; }', page)
    assert headings[int(bold)] == "p, adjusted"
    text = fa.save_formatted(contrasts, tmp_path / "a.tex").read_text("utf-8")
    shown = column(contrasts, "p, adjusted")
    assert re.findall(r"\\textbf\{([^}]*)\}", text) == shown
    (table,) = docx.Document(str(fa.save_formatted(contrasts, tmp_path / "a.docx"))).tables
    runs = [cell.paragraphs[0].runs[0] for row in table.rows[1:] for cell in row.cells]
    assert [run.text for run in runs if run.bold] == shown


def test_the_note_names_the_family_of_tests(contrasts: pd.DataFrame) -> None:
    told = printed(contrasts.assign(family="3 pairs × 2 categories"))
    assert "p adjusted by Benjamini-Hochberg for 6 tests (3 pairs × 2 categories)." in told.notes
    assert "Family" not in told.headings


def test_the_note_counts_documents_and_paragraphs(scores: pd.DataFrame) -> None:
    assert "n = 14 documents; 20 paragraphs." in printed(scores).notes


def test_what_the_note_tells_is_no_column_unless_it_is_asked_for(contrasts: pd.DataFrame) -> None:
    assert "Lexicon" not in printed(contrasts).headings
    shown = printed(contrasts, columns=["lexicon", "high", "p"])
    assert shown.headings == ("Lexicon", "Interval", "p")


def test_lexica_are_a_column_where_their_categories_share_a_name(
    scores: pd.DataFrame,
) -> None:
    other = scores.assign(lexicon="other@1+00000000")
    assert "Lexicon" not in printed(scores).headings
    assert "Lexicon" in printed(pd.concat([scores, other])).headings
    apart = pd.concat([scores, other.assign(category="hedging")])
    assert "Lexicon" not in printed(apart).headings


def test_the_same_table_gives_the_same_page(contrasts: pd.DataFrame) -> None:
    pages = [fa.format_table(contrasts, title="A").as_raw_html() for _ in range(2)]
    assert pages[0] == pages[1]


def test_background_and_letters_are_set_together() -> None:
    """In a dark theme one alone would leave dark on dark or light on light."""
    page = fa.format_table(pd.DataFrame({"term": ["aid"]}))._repr_html_()
    rule = re.search(r"#(mf-\w+) \.gt_table, .*?\{(.*?)\}", page, re.DOTALL)
    assert rule
    assert f'<div id="{rule[1]}"' in page
    assert "background-color: var(--jp-layout-color0, #ffffff)" in rule[2]
    assert "color: var(--jp-content-font-color1, #212121)" in rule[2]


def test_wrong_options_are_refused_in_a_sentence() -> None:
    table = pd.DataFrame({"rate": [1.0]})
    with pytest.raises(TableError, match="no column 'rat' to print; it has 'rate'"):
        fa.format_table(table, columns=["rat"])
    with pytest.raises(TableError, match="no column 'rat'"):
        fa.format_table(table, decimals={"rat": 1})
    with pytest.raises(ValueError, match="decimals is -1; give a whole number"):
        fa.format_table(table, decimals=-1)
    with pytest.raises(TypeError, match="not one str"):
        fa.format_table(table, columns="rate")
    with pytest.raises(TypeError, match="must be a pandas DataFrame, not list"):
        fa.format_table([1])


def test_the_table_given_is_not_changed(contrasts: pd.DataFrame) -> None:
    before = contrasts.copy()
    fa.format_table(contrasts)
    pd.testing.assert_frame_equal(contrasts, before)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def hostile_table() -> GT:
    table = pd.DataFrame({"term": HOSTILE, "<b>own": HOSTILE, "z": [math.inf] * len(HOSTILE)})
    return fa.format_table(table, title="<img src=x> & 5 %_{{z}}", note="<i>_%")


def test_a_web_page_is_escaped_and_needs_nothing_else(tmp_path: Path) -> None:
    page = fa.save_formatted(hostile_table(), tmp_path / "a.html").read_text("utf-8")
    reader = _Tags()
    reader.feed(page)
    assert not {"script", "img", "b", "i", "link"} & set(reader.tags)
    assert not {"src", "href"} & {name for name, _ in reader.attributes}
    assert "@import" not in page
    assert "url(" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_latex_is_escaped_and_its_braces_and_groups_are_closed(tmp_path: Path) -> None:
    text = fa.save_formatted(hostile_table(), tmp_path / "a.tex").read_text("utf-8")
    assert text.splitlines()[0].endswith("\\usepackage{booktabs,caption}.")
    assert "a \\& b\\_\\%\\$\\#\\textasciicircum{}\\textasciitilde{}\\textbackslash{}\\{\\}" in text
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    opened = re.findall(r"\\begin\{([^}]*)\}", text)
    assert sorted(opened) == sorted(re.findall(r"\\end\{([^}]*)\}", text))
    rows = [line for line in text.splitlines() if line.endswith(" \\\\") and "&" in line]
    assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {2}


def test_wide_tables_are_fitted_to_the_page_and_long_ones_run_on(tmp_path: Path) -> None:
    wide = pd.DataFrame({f"a column of number {n}": ["a few words"] for n in range(9)})
    text = fa.save_formatted(wide, tmp_path / "wide.tex").read_text("utf-8")
    assert "graphicx" in text.splitlines()[0]
    assert "\\resizebox{\\linewidth}{!}{\\begin{tabular}{" in text
    long = pd.DataFrame({"term": ["aid"] * 60})
    text = fa.save_formatted(long, tmp_path / "long.tex").read_text("utf-8")
    assert "\\begin{longtable}" in text
    assert "longtable" in text.splitlines()[0]


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex")
def test_latex_compiles(tmp_path: Path, contrasts: pd.DataFrame) -> None:
    fa.save_formatted(hostile_table(), tmp_path / "a.tex")
    fa.save_formatted(contrasts, tmp_path / "b.tex")
    fa.save_formatted(pd.DataFrame({"term": ["aid"] * 60}), tmp_path / "c.tex")
    (tmp_path / "all.tex").write_text(
        "\\documentclass{article}\\usepackage{booktabs,caption,graphicx,longtable}"
        "\\begin{document}\\input{a}\\input{b}\\input{c}\\end{document}"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]


def test_a_word_file_holds_a_real_table_with_a_heading_row(tmp_path: Path) -> None:
    laid_out = hostile_table()
    document = docx.Document(str(fa.save_formatted(laid_out, tmp_path / "a.docx")))
    (table,) = document.tables
    shown = described(laid_out)
    cells = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert cells == [shown.headings, *shown.rows]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert not table.rows[1]._tr.xpath("./w:trPr/w:tblHeader")
    assert [p.text for p in document.paragraphs] == [*shown.title, *shown.notes]


def test_a_word_file_takes_what_xml_cannot_hold(tmp_path: Path) -> None:
    table = pd.DataFrame({"term": ["a\x00b", "\ud83d", "tab\there"]}, dtype=object)
    document = docx.Document(str(fa.save_formatted(table, tmp_path / "a.docx")))
    assert [row.cells[0].text for row in document.tables[0].rows][1:] == [
        "a\ufffdb",
        "?",
        "tab here",
    ]


def test_a_spreadsheet_holds_all_digits_of_a_table_and_the_print_of_a_layout(
    tmp_path: Path, contrasts: pd.DataFrame
) -> None:
    exact = pd.read_csv(fa.save_formatted(contrasts, tmp_path / "a.csv"))
    assert exact["rate_a"].tolist() == contrasts["rate_a"].tolist()
    laid_out = fa.format_table(contrasts)
    shown = pd.read_csv(fa.save_formatted(laid_out, tmp_path / "b.csv"), dtype=str)
    assert shown["p"].tolist() == column(contrasts, "p")


SENTENCES = "Herald & Sons use 12 % more law_and_order.\n\n# Threat* carries it: [x] <b>."


@pytest.fixture
def drawn() -> Axes:
    ax = Figure().add_subplot(title="Rates − of 5 % & more")
    ax.plot([0, 1], [2, 3], label="a_b")
    return ax


def test_sentences_table_and_figure_are_one_markdown_file(
    contrasts: pd.DataFrame, drawn: Axes, tmp_path: Path
) -> None:
    laid_out = fa.format_table(contrasts, title="Who uses more?")
    path = fa.save_formatted(laid_out, tmp_path / "answer.md", text=SENTENCES, figure=drawn)
    parts = path.read_text("utf-8").split("\n\n")
    assert parts[:3] == [
        "Herald &amp; Sons use 12 % more law\\_and\\_order.",
        "\\# Threat\\* carries it: \\[x\\] \\<b\\>.",
        "**Who uses more?**",
    ]
    lines = [line.strip("| ").split(" | ") for line in parts[3].splitlines()]
    assert tuple(lines[0]) == described(laid_out).headings
    assert set(lines[1]) == {":---", "---:"}
    place = lines[0].index("p, adjusted")
    shown = column(contrasts, "p, adjusted")
    assert [line[place] for line in lines[2:]] == [f"**{p}**" for p in shown]
    picture = re.fullmatch(r"!\[(.*)\]\((.*)\)", parts[-1].strip())
    assert picture
    assert picture[1].startswith("Figure: Rates − of 5 % &amp; more")
    assert (tmp_path / picture[2]).read_bytes().startswith(b"\x89PNG")


def test_sentences_table_and_figure_are_one_latex_file(
    contrasts: pd.DataFrame, drawn: Axes, tmp_path: Path
) -> None:
    spanned = fa.format_table(contrasts).tab_spanner("Both", ["column_0", "column_1"])
    for name, table in {"plain": contrasts, "spanned": spanned}.items():
        path = fa.save_formatted(table, tmp_path / f"{name}.tex", text=SENTENCES, figure=drawn)
        text = path.read_text("utf-8")
        assert "graphicx" in text.splitlines()[0]
        assert text.splitlines()[2] == "Herald \\& Sons use 12 \\% more law\\_and\\_order."
        opened = re.findall(r"\\begin\{([^}]*)\}", text)
        assert sorted(opened) == sorted(re.findall(r"\\end\{([^}]*)\}", text))
        assert opened[-1] == "figure"
        picture = re.search(r"\\includegraphics\[width=\\linewidth,alt=\{(.*)\}\]\{(.*)\}", text)
        assert picture
        assert picture[1].startswith("Figure: Rates - of 5 \\% \\& more")
        assert (tmp_path / picture[2]).is_file()
        bare = re.sub(r"\\[{}]", "", text)
        assert bare.count("{") == bare.count("}")


def test_forms_of_a_table_alone_refuse_text_and_figure(drawn: Axes, tmp_path: Path) -> None:
    table = pd.DataFrame({"term": ["aid"]})
    for kind in ("html", "docx", "csv"):
        for options in ({"text": "Aid."}, {"figure": drawn}):
            with pytest.raises(ValueError, match=r"name a file that ends in \.tex or \.md"):
                fa.save_formatted(table, tmp_path / f"a.{kind}", **options)
    assert list(tmp_path.iterdir()) == []


def test_signs_of_markup_in_a_table_are_shown_in_markdown(tmp_path: Path) -> None:
    table = pd.DataFrame({"term": ["a|b", "*c*", "<d>", "e_f `g`"]})
    text = fa.save_formatted(table, tmp_path / "a.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")][2:]
    assert rows == ["| a\\|b |", "| \\*c\\* |", "| \\<d\\> |", "| e\\_f \\`g\\` |"]


def test_changes_by_great_tables_are_saved_too(tmp_path: Path) -> None:
    laid_out = fa.format_table(pd.DataFrame({"term": ["aid"], "z": [2.5]})).tab_header("Later")
    path = fa.save_formatted(laid_out.cols_hide("column_1"), tmp_path / "a.docx")
    document = docx.Document(str(path))
    assert document.paragraphs[0].text == "Later"
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["aid"]


def test_what_only_great_tables_can_lay_out_is_in_latex_too(tmp_path: Path) -> None:
    laid_out = fa.format_table(pd.DataFrame({"term": ["aid"], "z": [2.5]}))
    spanned = laid_out.tab_spanner("Both", ["column_0", "column_1"])
    text = fa.save_formatted(spanned, tmp_path / "a.tex").read_text("utf-8")
    assert "\\multicolumn{2}{c}{Both}" in text
    assert "aid & 2.50" in text
    plain = fa.save_formatted(laid_out, tmp_path / "b.tex").read_text("utf-8")
    assert plain == fa.save_formatted(
        pd.DataFrame({"term": ["aid"], "z": [2.5]}), tmp_path / "c.tex"
    ).read_text("utf-8")


def test_a_table_laid_out_is_described_as_it_was_made(contrasts: pd.DataFrame) -> None:
    for table in (contrasts, pd.DataFrame({"term": HOSTILE})):
        options = {"title": "<b>A</b> & 5 %", "note": "<i>_%"}
        assert described(fa.format_table(table, **options)) == describe_table(table, **options)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    table = pd.DataFrame({"term": ["aid"]})
    with pytest.raises(ValueError, match=r"'a\.pdf' ends in none of \.html, \.tex, \.md"):
        fa.save_formatted(table, tmp_path / "a.pdf")
    with pytest.raises(TypeError, match="not str"):
        fa.save_formatted("table", tmp_path / "a.html")
    (tmp_path / "file").write_text("x")
    with pytest.raises(TableError, match="cannot be written"):
        fa.save_formatted(table, tmp_path / "file" / "a.html")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_in_word_a_wide_table_lies_and_no_word_of_it_is_broken(
    contrasts: pd.DataFrame, tmp_path: Path
) -> None:
    few = contrasts[["lexicon", "category"]].drop_duplicates()
    narrow = docx.Document(str(fa.save_formatted(few, tmp_path / "narrow.docx")))
    wide = docx.Document(str(fa.save_formatted(contrasts, tmp_path / "wide.docx")))
    assert narrow.sections[0].page_height > narrow.sections[0].page_width
    section, [table] = wide.sections[0], wide.tables
    assert section.page_height < section.page_width
    widths = [column.width.pt for column in table.columns]
    room = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
    assert sum(widths) <= room + 1
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            letters = max(map(len, cell.text.split()), default=0)
            # Half of the height of its letters is the least that a word takes.
            assert letters * cell.paragraphs[0].runs[0].font.size.pt * 0.5 <= width


def test_numbers_of_units_that_differ_by_row_stand_in_the_rows() -> None:
    """Of shares, only articles with such hits count."""
    table = pd.concat([contrast(n_units_a=7, group_a="a"), contrast(n_units_a=5, group_a="a")])
    shown = printed(table.reset_index(drop=True))
    assert [row.count("7") + 2 * row.count("5") for row in shown.rows] == [1, 2]
    assert "n = 2 rows." in shown.notes
