"""What a schema is made of, and the columns that several tables share."""

from dataclasses import dataclass, field, replace
from typing import Any, Self

# A dash in print says as much by itself.
ABSENT = "there is none"


@dataclass(frozen=True)
class Column:
    """One column: pandas dtype, meaning, unit, what it bounds, and what it means if it is null."""

    dtype: str
    meaning: str
    null_when: str | None = None
    unit: str | None = None
    bounds_of: str | None = None
    # Whether rows that differ in it alone are two.
    identifies: bool = True

    @property
    def nullable(self) -> bool:
        """Whether a value may be missing."""
        return self.null_when is not None


@dataclass(frozen=True)
class Schema:
    """A table: the columns that identify a row, all its columns, and which others may join."""

    key: tuple[str, ...]
    columns: dict[str, Column]
    optional: dict[str, Column] = field(default_factory=dict)
    extra_columns: bool = False
    unique: bool = True

    def but(self, **options: Any) -> Self:
        """Return the schema with options other than the usual ones."""
        return replace(self, **options)


def schema(key: tuple[str, ...], /, **columns: Column) -> Schema:
    """Return a schema whose columns are named as keywords."""
    return Schema(key, columns)


# What rates are scaled to.
PER_TOKENS = 1_000


def rate_of(what: str, null_when: str | None = None, *, of: str = "tokens") -> Column:
    """Return a column of rates."""
    return Column("float64", what, null_when, f"per {PER_TOKENS:,} {of}")


def share_of(what: str, null_when: str | None = None) -> Column:
    """Return a column of shares."""
    return measure_of(f"share of {what}", null_when)


def measure_of(what: str, null_when: str | None = None, *, unit: str = "0 to 1") -> Column:
    """Return a column of numbers that lie between two others."""
    return Column("float64", what, null_when, unit)


def bounds_of(name: str, prefix: str = "") -> dict[str, Column]:
    """Return the two columns with the bounds of another."""
    return {
        f"{prefix}{end}": Column("float64", f"{side} bound", "no interval was made", bounds_of=name)
        for end, side in (("low", "lower"), ("high", "upper"))
    }


def interval_of(name: str) -> dict[str, Column]:
    """Return the columns with the bounds of another, and how they were made."""
    return {**bounds_of(name), "interval_method": INTERVAL_METHOD}


DOCUMENT_ID = Column("str", "identifies the document")
PLACE_COLUMNS = {
    "document_id": DOCUMENT_ID,
    "paragraph": Column("int64", "number of the paragraph within its document, from 0"),
}
# The names of the columns that say which paragraph a row is about.
PLACE = list(PLACE_COLUMNS)
TURN_SPEAKER = Column(
    "str",
    "label of the turn that it belongs to, as written: VOSS, Q",
    "the narrator's",
    identifies=False,
)
SPAN_COLUMNS = {
    "start": Column("int64", "first code point, counted from 0 in documents.text"),
    "end": Column("int64", "one past the last code point, counted in documents.text"),
}
LEXICON = Column("str", "lexicon as name@version+hash")
CATEGORY = Column("str", "category of the lexicon, for instance a frame")
SUBCATEGORY = Column("str", "subcategory within the category", ABSENT)
CATEGORY_COLUMNS = {"lexicon": LEXICON, "category": CATEGORY}
ENTRY = Column("str", "the lexicon's term that matched")
N_HITS = Column("int64", "hits counted; blocked hits are left out")
INTERVAL_METHOD = Column("str", "how the bounds were made, or why there are none")
GROUPS = {"group_a": Column("str", "one group"), "group_b": Column("str", "the other")}

# Who speaks, and how surely: the values that hits have and that may split a score.
VOICES = ("narrator", "quote", "paraphrase")
CERTAINTIES = ("asserted", "hedged", "negated")
# Groups of speakers are the researcher's own: their values are those that the hits have.
SPLITS: dict[str, tuple[str, ...] | None] = {
    "voice": VOICES,
    "certainty": CERTAINTIES,
    "speaker_group": None,
}

_UNKNOWN = "not determined, or the document's language is not known"
SPLIT = {
    "subcategory": SUBCATEGORY,
    "voice": Column("str", "narrator, quote or paraphrase", "hits of unknown voice"),
    "certainty": Column("str", "asserted, hedged or negated", "hits of unknown certainty"),
    "speaker_group": Column("str", "group of the speaker, from speakers.csv", "hits of no group"),
}
# What scores, and tables made of them, have where they are split or categories have parts.
OF_SCORES = {
    **SPLIT,
    "subcategory_hits": Column(
        "str",
        'hits by subcategory, "" for none, as JSON: {"military": 3}',
        "without hits, or where the category has one subcategory at most",
        identifies=False,
    ),
}
IN_CONTEXT = {
    "voice": Column("str", "narrator, quote or paraphrase", _UNKNOWN),
    "speaker": Column("str", "who is quoted or credited, by the fullest name in the text", ABSENT),
    "speaker_kind": Column("str", "person, body, document or unnamed", "where no speaker is named"),
    "speaker_mention": Column("str", "the speaker as written there: he, the minister", ABSENT),
    "speaker_group": Column("str", "group of the speaker, from speakers.csv", ABSENT),
    "voice_cue": Column("str", "words that credit the speaker", ABSENT),
    "scare_quote": Column(
        "boolean",
        "whether it stands in a title, or among one or two words in quotation marks",
        _UNKNOWN,
    ),
    "certainty": Column("str", "asserted, hedged or negated", _UNKNOWN),
    "certainty_cue": Column("str", "words that make it hedged or negated", ABSENT),
    "blocked_by": Column(
        "str", "exclusion phrase that vetoed the hit, or longer entry around it", "it counts"
    ),
}

SCORE_SUMS = {
    "n_hits": N_HITS,
    "n_tokens": Column("int64", "tokens of the text scored"),
    "n_sentences": Column("int64", "sentences of the text scored"),
    "n_hit_sentences": Column("int64", "sentences that hold at least one hit"),
    "n_lexicon_hits": Column("int64", "hits of all categories of the lexicon"),
    "weighted_hits": Column("float64", "sum of the weights of the hits"),
    "rate": rate_of("hits", "undefined without tokens"),
    "weighted_rate": rate_of("summed weights", "undefined without tokens"),
    "sentence_share": share_of("sentences with at least one hit", "undefined without sentences"),
    "share": share_of("the lexicon's hits", "undefined without hits"),
}

ROLLED_UP = {
    **CATEGORY_COLUMNS,
    **SCORE_SUMS,
    "n_paragraphs": Column("int64", "paragraphs with at least one token"),
    "share_paragraphs": share_of("paragraphs with at least one hit", "undefined without tokens"),
    **bounds_of("rate"),
    "interval_method": Column("str", "how the interval was made", "no interval was made"),
    "n_units": Column("int64", "units rolled up: paragraphs of a document, documents of a group"),
}
