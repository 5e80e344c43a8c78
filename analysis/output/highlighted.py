"""Show an article with its hits highlighted, as HTML that needs nothing but itself."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import TableError, check_names, check_text
from analysis.figures.style import FIXED, OTHER_COLORS, category_styles, on_dark, shortest_labels
from analysis.output.filling import TEMPLATES, fill_template
from analysis.tables.checks import category_labels, check_table, place_hits, unknown_document

UNDERLINES = {"hedging": "mf-underline-dotted", "boosters": "mf-underline-double"}
_MOST_LEVELS = 3
# What a source says lies around every hit, the shorter within the longer.
_OUTSIDE = 1000
_MARKS = {"hedged": "?", "negated": "¬"}

# Characters that show nothing but change what is read or matched: controls,
# soft hyphen, zero-width and bidi characters, line separators, tags.
_INVISIBLE = re.compile(
    "([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f])"
)
_ABBREVIATIONS = {
    **{"\u00ad": "SHY", "\u061c": "ALM", "\ufeff": "BOM", "\u2060": "WJ"},
    **{"\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM", "\u200f": "RLM"},
    **{"\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO"},
    **{"\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI"},
}
# Written into the mark after a character that reorders text, so that the text after
# it keeps its order even where a viewer strips CSS.
_CLOSING = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)


@dataclass(frozen=True)
class HighlightedText:
    """An article with its hits, ready for a notebook: ``html`` is the whole of it."""

    html: str = field(repr=False)
    document_id: str
    n_paragraphs: int
    n_hits: int

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return (
            f"HighlightedText({self.document_id!r}, {self.n_paragraphs} paragraphs, "
            f"{self.n_hits} hits)"
        )


class _Look(NamedTuple):
    """How the hits of one category are shown: its name, short label, CSS classes and colour."""

    name: str
    short: str
    classes: str
    color: str


Looks = dict[tuple[str, str], _Look]


class _Span(NamedTuple):
    """What lies over a paragraph's text; `level` keeps it apart from what it overlaps."""

    start: int
    end: int
    level: int
    classes: str
    title: str
    label: str = ""
    edge: str = ""


class _Piece(NamedTuple):
    """Words that lie under the same spans, the outermost first, and which begin or end here."""

    over: list[_Span]
    opened: list[_Span]
    words: list[tuple[str, dict[str, str] | None]]
    closed: list[_Span]


def show_text(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    document_id: str,
    categories: Sequence[str] | None = None,
    show_blocked: bool = False,
    attributions: pd.DataFrame | None = None,
) -> HighlightedText:
    """Show one article with its hits: frames highlighted, hedges and boosters underlined.

    Each hit is followed by a short label of its category, which survives where a
    viewer strips colours: with ``?`` where the hit is hedged, with ``¬`` where it is
    negated. A tooltip gives category, subcategory, entry, voice, speaker and
    certainty, with the words that decide them. With `attributions`, what a source
    says has a line at either edge, a double one where it is quoted, and its speaker
    in a tooltip. Invisible characters, which could hide or reorder words, are shown by name.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits`` found in these paragraphs, of any number of lexica.
    document_id : str
        The article to show.
    categories : sequence of str, optional
        Categories to show. Without it, every category that `hits` holds.
    show_blocked : bool, default False
        Whether to show, struck through, hits that an exclusion phrase vetoed.
        They are not counted in the legend.
    attributions : pandas.DataFrame, optional
        Table ``attributions`` of these paragraphs, from `find_attributions`: shows
        who says what.

    Returns
    -------
    HighlightedText
        Shows itself in a notebook; its ``html`` can be written to a file.

    Raises
    ------
    TypeError
        If `categories` is a str in place of a list.
    TableError
        If a table breaks its schema, the document is not in `paragraphs`, or a
        hit does not lie where its paragraph's text says.

    Notes
    -----
    All text is escaped.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat."], ["a"]))
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat*"]}))
    >>> fa.show_text(paragraphs, hits, document_id="a")
    HighlightedText('a', 1 paragraphs, 1 hits)
    """
    check_names("categories", categories)
    check_text("document_id", document_id)
    paragraphs = check_table(paragraphs, "paragraphs")
    if document_id not in set(paragraphs["document_id"]):
        raise TableError(unknown_document(paragraphs, "paragraphs", document_id))
    if attributions is not None:
        attributions = check_table(attributions, "attributions")
    tables = (paragraphs, check_table(hits, "hits"), attributions)
    return highlight(*tables, document_id=document_id, categories=categories, blocked=show_blocked)


def highlight(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    attributions: pd.DataFrame | None = None,
    *,
    document_id: str,
    categories: Sequence[str] | None = None,
    blocked: bool = False,
    anchored: bool = False,
    looks: Looks | None = None,
) -> HighlightedText:
    """Show an article of tables that are checked already; its paragraphs may be led to.

    Of many articles, `looks_of` all hits is made once.
    """
    article = _of_document(paragraphs, document_id).sort_values("paragraph", ignore_index=True)
    found = _of_document(hits, document_id)
    place_hits(article, found)
    looks = looks_of(hits, categories) if looks is None else looks
    pairs = zip(found["lexicon"], found["category"], strict=True)
    found = found[np.array([pair in looks for pair in pairs], dtype=bool)]
    counted = found[found["blocked_by"].isna()]
    counts = Counter(zip(counted["lexicon"], counted["category"], strict=True))
    spans = _spans(found if blocked else counted, article, looks)
    if attributions is not None:
        said = _of_document(attributions, document_id)
        for number, own in _said(said, article).items():
            spans[number] = [*own, *spans.get(number, [])]
    known_categories = set(hits["category"])
    html = fill_template(
        "highlighted.html.j2",
        looks=[(look, counts[pair]) for pair, look in looks.items()],
        signs=[(name, sign) for name, sign in _MARKS.items() if name in set(counted["certainty"])],
        voices=() if attributions is None else ("quote", "paraphrase"),
        absent=[c for c in categories or [] if c not in known_categories],
        paragraphs=[
            (number, _attribute(role), _pieces(text, spans.get(number, [])))
            for number, (role, text) in by_paragraph(article, "role", "text").items()
        ],
        anchored=anchored,
        css=_css(tuple((look.name, look.color) for look in looks.values())),
    )
    # A parser would read a bare carriage return as a line feed; quotation marks are called as
    # Python calls them.
    html = html.replace("\r", "&#13;")
    html = html.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
    return HighlightedText(html, document_id, len(article), len(counted))


def _of_document(table: pd.DataFrame, document_id: str) -> pd.DataFrame:
    return table[table["document_id"] == document_id]


def by_paragraph(article: pd.DataFrame, *names: str) -> dict[int, tuple[Any, ...]]:
    """Return the values of some columns for each paragraph."""
    values = zip(*(article[name] for name in names), strict=True)
    return dict(zip(article["paragraph"], values, strict=True))


def looks_of(hits: pd.DataFrame, categories: Sequence[str] | None = None) -> Looks:
    """Give each lexicon's category its look, from all hits: the same in every article."""
    table = hits[["lexicon", "category"]].drop_duplicates()
    table = table.assign(label=category_labels(table))
    styles, short = category_styles(table["label"]), shortest_labels(sorted(table["label"]))
    table = table.sort_values("label", key=lambda own: own.map(list(styles).index))
    looks: Looks = {}
    for lexicon, category, name in table.itertuples(index=False):
        if categories is not None and category not in categories:
            continue
        underline = UNDERLINES.get(lexicon.partition("@")[0], "")
        color = styles[name].color
        classes = f"mf-hit {_color_class(name, color)} {underline}".rstrip()
        looks[lexicon, category] = _Look(name, short[name], classes, color)
    return looks


def _color_class(name: str, color: str) -> str:
    """Name a colour alike in all texts of a page, whose rules hold for each other."""
    if name in FIXED and FIXED[name].color == color:
        return f"mf-{name}"
    if color in OTHER_COLORS:
        return f"mf-other-{OTHER_COLORS.index(color)}"
    return f"mf-chosen-{color[1:]}"


def _spans(
    hits: pd.DataFrame, article: pd.DataFrame, looks: dict[tuple[str, str], _Look]
) -> dict[int, list[_Span]]:
    """Place the hits within their paragraphs' texts, those that overlap on different levels."""
    offsets = dict(zip(article["paragraph"], article["start"], strict=True))
    spans: dict[int, list[_Span]] = defaultdict(list)
    over: dict[int, list[_Span]] = defaultdict(list)
    ordered = hits.sort_values(["paragraph", "start", "end", "lexicon", "category", "entry"])
    for hit in ordered.to_dict("records"):
        start, end = (hit[name] - offsets[hit["paragraph"]] for name in ("start", "end"))
        look = looks[hit["lexicon"], hit["category"]]
        reaching = [span for span in over[hit["paragraph"]] if span.end > start]
        taken = {span.level for span in reaching}
        level = next(n for n in range(len(taken) + 1) if n not in taken)
        classes = look.classes + (f" mf-level-{min(level, _MOST_LEVELS)}" if level else "")
        shown = look.short + _MARKS.get(hit["certainty"], "")
        if pd.notna(hit["blocked_by"]):
            classes, shown = f"{classes} mf-blocked", f"not {look.short}: {hit['blocked_by']}"
        span = _Span(start, end, level, classes, _attribute(_tooltip(look.name, hit)), shown)
        spans[hit["paragraph"]].append(span)
        over[hit["paragraph"]] = [*reaching, span]
    return spans


def _tooltip(name: str, hit: dict[Hashable, Any]) -> str:
    below = "" if pd.isna(hit["subcategory"]) else f" › {hit['subcategory']}"
    facts = {
        "entry": hit["entry"],
        "near": hit.get("near_surface"),
        "voice": _because(hit["voice"], hit["voice_cue"]),
        "speaker": hit["speaker"],
        "scare quotes": "yes" if pd.notna(hit["scare_quote"]) and hit["scare_quote"] else None,
        "certainty": _because(hit["certainty"], hit["certainty_cue"]),
        "not counted, excluded by": hit["blocked_by"],
    }
    known = [f"{fact}: {value}" for fact, value in facts.items() if not pd.isna(value)]
    return "; ".join([name + below, *known])


def _because(value: Any, cue: Any) -> Any:
    return value if pd.isna(value) or pd.isna(cue) else f"{value} ({cue})"


def _said(attributions: pd.DataFrame, article: pd.DataFrame) -> dict[int, list[_Span]]:
    """Place what is attributed to sources within the paragraphs' texts, as the outermost spans."""
    places = by_paragraph(article, "start", "end")
    spans: dict[int, list[_Span]] = defaultdict(list)
    for row in attributions.to_dict("records"):
        offset, stop = places.get(row["paragraph"], (0, 0))
        start, end = row["content_start"] - offset, row["content_end"] - offset
        if start < 0 or start > end or row["content_end"] > stop:
            raise TableError(
                f"what is attributed at {row['content_start']} to {row['content_end']} of document "
                f"{row['document_id']!r} is not in paragraph {row['paragraph']}; give the "
                "paragraphs that the attributions were found in"
            )
        if start == end:
            # A cue at the very end of a text attributes nothing.
            continue
        speaker = "unknown" if pd.isna(row["speaker"]) else row["speaker"]
        said = _because(f"{row['kind']}: {speaker}", row["cue"])
        title, edge = _attribute(str(said)), _attribute(row["kind"])
        level = _OUTSIDE + end - start
        spans[row["paragraph"]].append(_Span(start, end, level, "mf-said", title, edge=edge))
    return spans


def _pieces(text: str, spans: list[_Span]) -> list[_Piece]:
    """Cut the text at every boundary of a span, and tell of each piece what lies over it."""
    edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    waiting = sorted(spans, key=lambda span: span.start, reverse=True)
    over: list[_Span] = []
    pieces = []
    for start, end in pairwise(edges):
        while waiting and waiting[-1].start == start:
            over = [*over, waiting.pop()]
        over = sorted((s for s in over if s.end > start), key=lambda span: -span.level)
        opened = [span for span in over if span.start == start]
        closed = [span for span in reversed(over) if span.end == end]
        pieces.append(_Piece(over, opened, _words(text[start:end]), closed))
    return pieces


def _words(text: str) -> list[tuple[str, dict[str, str] | None]]:
    """Cut a text behind each character that shows nothing, and tell which one it is."""
    cut = [*_INVISIBLE.split(text), ""]
    return [
        (words, _invisible(character) if character else None)
        for words, character in zip(cut[::2], cut[1::2], strict=True)
    ]


def _invisible(character: str) -> dict[str, str]:
    code = f"U+{ord(character):04X}"
    return {
        "character": character,
        "code": code,
        "name": unicodedata.name(character, "control character"),
        "short": _ABBREVIATIONS.get(character, code),
        "closing": _CLOSING.get(character, ""),
    }


def _attribute(text: str) -> str:
    return _INVISIBLE.sub("\ufffd", text)


@cache
def _css(used: tuple[tuple[str, str], ...]) -> str:
    fixed = [(name, own.color) for name, own in FIXED.items()]
    others = [("", color) for color in OTHER_COLORS]
    colors = {f".{_color_class(*own)}": own[1] for own in (*fixed, *others, *used)}
    light = [_color_rule(f".mf-text {name}", color, 0.16) for name, color in colors.items()]
    dark = [
        _color_rule(f'[data-jp-theme-light="false"] .mf-text {name}', on_dark(color), 0.25)
        for name, color in colors.items()
    ]
    rules = (TEMPLATES / "highlighted.css").read_text("utf-8")
    return rules + "".join(light + dark)


def _color_rule(selector: str, color: str, alpha: float) -> str:
    # Two hexadecimal digits after the colour make it see-through.
    return f"{selector} {{ --mf-line: {color}; --mf-tint: {color}{round(255 * alpha):02X}; }}\n"
