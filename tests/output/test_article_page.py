import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.figures.style import FIXED, OTHER_COLORS, contrast, on_dark
from analysis.output.filling import TEMPLATES

LEXICA = [
    fa.lexicon_from_dict("demo", {"security": ["threat*"], "welfare": ["aid"], "sun": ["sun"]}),
    fa.load_lexicon("hedging"),
]
# Invented; the first has three blocks of paragraphs.
TEXTS = {
    "long": "\n\n".join(
        f"Day {n} came. {'A threat grew. ' * (n % 6)}{'Aid may come, Ana Rell said. ' * (n % 3)}"
        for n in range(40)
    ),
    "short & <b>": "Talks resume\n\nA threat, he said.",
    "none": "Rain fell.",
}


class Page(HTMLParser):
    """What tests ask of a page: ids, links, and the tables as rows of cells."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.cell = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if "id" in held:
            assert held["id"] not in self.ids
            self.ids.add(str(held["id"]))
        if tag == "a":
            self.links.append(str(held["href"]))
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.cell = False

    def handle_data(self, data: str) -> None:
        if self.cell:
            self.tables[-1][-1][-1] += data

    @property
    def strip(self) -> dict[tuple[str, int], int]:
        """The numbers of the strip, by row and paragraph."""
        blocks = [table for table in self.tables if table[0][0] == "paragraph"]
        return {
            (row[0], int(number)): int(cell or 0)
            for head, *rows in blocks
            for row in rows
            if len(row) > 1
            for number, cell in zip(head[1:], row[1:], strict=True)
        }

    def table(self, first: str) -> pd.DataFrame:
        """The table whose first heading is this."""
        head, *rows = next(table for table in self.tables if table[0][0] == first)
        return pd.DataFrame(rows, columns=head)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return fa.analyze(fa.documents_from_texts(list(TEXTS.values()), list(TEXTS)), LEXICA)


@pytest.fixture(scope="module")
def pages(tables: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pages")
    paragraphs, hits = tables["paragraphs"], tables["hits"]
    index = fa.save_texts(paragraphs, hits, folder, scores=tables["scores"])
    return [folder / file for file in index["file"]]


def test_the_strip_counts_what_the_table_of_hits_holds(
    tables: dict[str, pd.DataFrame], pages: list[Path]
) -> None:
    for name, path in zip(TEXTS, pages, strict=True):
        strip = Page(path).strip
        scores = tables["scores"][tables["scores"]["document_id"] == name]
        for row in scores.itertuples():
            assert strip.pop((row.category, row.paragraph)) == row.n_hits
        hits = tables["hits"][tables["hits"]["document_id"] == name]
        frames = hits[hits["lexicon"] == LEXICA[0].id]
        counts = frames.groupby(["voice", "paragraph"]).size().to_dict()
        assert {place: n for place, n in strip.items() if n} == counts


def test_every_number_leads_to_its_paragraph_and_every_link_somewhere(pages: list[Path]) -> None:
    for path in pages:
        page = Page(path)
        within = {link[1:] for link in page.links if link.startswith("#")}
        assert within - {"text"} == {
            f"p{number}" for (_, number), count in page.strip.items() if count
        }
        assert within <= page.ids
        assert all((path.parent / link).is_file() for link in page.links if link[0] != "#")


def test_pages_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    paragraphs = fa.split_paragraphs(
        fa.documents_from_texts(["A threat."] * 3, ["news#10", "news#2", "news#1"])
    )
    index = fa.save_texts(paragraphs, fa.find_hits(paragraphs, LEXICA[0]), tmp_path)
    files = dict(zip(index["document_id"], index["file"], strict=True))
    links = [link for link in Page(tmp_path / files["news#2"]).links if link[0] != "#"]
    assert links == [files["news#1"], files["news#10"]]


def test_pages_lead_to_those_before_and_behind_them(pages: list[Path]) -> None:
    others = [[link for link in Page(path).links if link[0] != "#"] for path in pages]
    long, short, none = (path.name for path in pages)
    assert others == [[none], [none], [long, short]]


def test_tables_of_hits_and_speakers_hold_all_of_them(
    tables: dict[str, pd.DataFrame], pages: list[Path]
) -> None:
    hits = tables["hits"][tables["hits"]["document_id"] == "long"]
    hits = hits.sort_values(["paragraph", "start"])
    page = Page(pages[0])
    assert page.table("words")["words"].tolist() == hits["surface"].tolist()
    assert page.table("words")["voice"].tolist() == hits["voice"].tolist()
    shown = page.table("speaker").set_index("speaker")
    counts = fa.count_speakers(hits[hits["lexicon"] == LEXICA[0].id])
    for row in counts.itertuples():
        assert int(shown.loc[row.speaker, row.category]) == row.n_hits
    assert shown["hits"].astype(int).sum() == counts["n_hits"].sum()
    assert shown["hedged"].astype(int).sum() == counts["n_hedged"].sum()


def test_a_page_begins_with_title_facts_and_the_sentences(
    tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    documents = tables["documents"].assign(
        title=["A <i>long</i> day", None, None], outlet="Wire", date=pd.Timestamp("2024-05-14")
    )
    shown = {"documents": documents, "scores": tables["scores"]}
    index = fa.save_texts(tables["paragraphs"], tables["hits"], tmp_path, **shown)
    texts = [(tmp_path / file).read_text(encoding="utf-8") for file in index["file"]]
    assert "<h1>A &lt;i&gt;long&lt;/i&gt; day</h1>" in texts[0]
    assert "Wire · 2024-05-14 · 40 paragraphs · " in texts[0]
    # The headline in the text, else the id.
    assert "<h1>Talks resume</h1>" in texts[1]
    assert "<h1>none</h1>" in texts[2]
    told = [tables[name] for name in ("paragraphs", "hits", "scores")]
    for sentence in fa.describe_document(*told, document_id="long").splitlines():
        assert f"<li>{sentence}</li>" in texts[0]


def test_without_scores_the_categories_are_those_of_the_hits(
    tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    index = fa.save_texts(tables["paragraphs"], tables["hits"], tmp_path)
    rows = {name for name, _ in Page(tmp_path / index["file"][2]).strip}
    assert rows == {"security", "welfare", "hedging"}


def test_numbers_can_be_read_on_the_strongest_colour_of_both_themes(pages: list[Path]) -> None:
    css = (TEMPLATES / "overview.css").read_text(encoding="utf-8")
    ground, text = (re.findall(rf"--{name}: (#\w{{6}})", css) for name in ("ground", "text"))
    own = (TEMPLATES / "article.css").read_text(encoding="utf-8")
    more = [0, int(re.findall(r"var\(--depth\) \+ (\d+)%", own)[0])]
    depth = max(map(int, re.findall(r"--depth: (\d+)%", pages[0].read_text(encoding="utf-8"))))
    for color in [*(style.color for style in FIXED.values()), *OTHER_COLORS]:
        for theme, shown in enumerate((color, on_dark(color))):
            mixed = _mixed(shown, ground[theme], (depth + more[theme]) / 100)
            assert contrast(mixed, text[theme]) >= 4.5, (color, theme)


def _mixed(color: str, ground: str, share: float) -> str:
    both = zip(bytes.fromhex(color[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(share * own + (1 - share) * under):02X}" for own, under in both)
