"""What a schema is made of, and the columns that several tables share."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """One column of a table: pandas dtype, whether it may be null, meaning and unit."""

    dtype: str
    meaning: str
    nullable: bool = False


@dataclass(frozen=True)
class Schema:
    """A table: the columns that identify a row, all its columns, and which others may join."""

    key: tuple[str, ...]
    columns: dict[str, Column]
    optional: dict[str, Column] = field(default_factory=dict)
    extra_columns: bool = False
    unique: bool = True


DOCUMENT_ID = Column("str", "identifies the document")
PARAGRAPH = Column("int64", "number of the paragraph within its document, from 0")
START = Column("int64", "first code point, counted from 0 in documents.text")
END = Column("int64", "one past the last code point, counted in documents.text")
LEXICON = Column("str", "lexicon as name@version+hash")
CATEGORY = Column("str", "category of the lexicon, for instance a frame")
SUBCATEGORY = Column("str", "subcategory within the category", nullable=True)

# Who speaks, and how surely: the values that hits have and that may split a score.
VOICES = ("narrator", "quote", "paraphrase")
CERTAINTIES = ("asserted", "hedged", "negated")
SPLITS = {"voice": VOICES, "certainty": CERTAINTIES}

VOICE = Column("str", "narrator, quote or paraphrase; null: hits of unknown voice", nullable=True)
CERTAINTY = Column("str", "asserted, hedged or negated; null: as with voice", nullable=True)
SPLIT = {"subcategory": SUBCATEGORY, "voice": VOICE, "certainty": CERTAINTY}

SCORE_SUMS = {
    "n_hits": Column("int64", "hits counted; blocked hits are left out"),
    "n_tokens": Column("int64", "tokens of the text scored"),
    "n_sentences": Column("int64", "sentences of the text scored"),
    "n_hit_sentences": Column("int64", "sentences that hold at least one hit"),
    "n_lexicon_hits": Column("int64", "hits of all categories of the lexicon"),
    "weighted_hits": Column("float64", "sum of the weights of the hits"),
    "rate": Column("float64", "hits per 1,000 tokens; null without tokens", nullable=True),
    "weighted_rate": Column(
        "float64", "summed weights per 1,000 tokens; null without tokens", nullable=True
    ),
    "sentence_share": Column(
        "float64", "share (0 to 1) of sentences with at least one hit", nullable=True
    ),
    "share": Column(
        "float64", "share (0 to 1) of the lexicon's hits; null without hits", nullable=True
    ),
}

ROLLED_UP = {
    "lexicon": LEXICON,
    "category": CATEGORY,
    **SCORE_SUMS,
    "n_paragraphs": Column("int64", "paragraphs with at least one token"),
    "share_paragraphs": Column(
        "float64", "share (0 to 1) of paragraphs with at least one hit", nullable=True
    ),
    "low": Column("float64", "lower bound of the rate's interval", nullable=True),
    "high": Column("float64", "upper bound of the rate's interval", nullable=True),
    "interval_method": Column("str", "how the interval was made; null without one", nullable=True),
    "n_units": Column("int64", "units rolled up: paragraphs of a document, documents of a group"),
}
