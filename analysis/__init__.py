"""Measure how news texts frame events: frames and hedging, paragraph by paragraph.

Names are imported on first use, so that ``import analysis`` costs nothing.
"""

from importlib import import_module, metadata
from typing import Any

_HOME = {
    "read_documents": "analysis.reading.documents",
    "documents_from_texts": "analysis.reading.documents",
    "read_nltk_corpus": "analysis.reading.corpora",
    "reading_report": "analysis.reading.checking",
    "describe_reading": "analysis.reading.listing",
    "split_paragraphs": "analysis.text.segmentation",
    "split_sentences": "analysis.text.segmentation",
    "find_mixed_script": "analysis.text.scripts",
    "Lexicon": "analysis.lexicons.model",
    "load_lexicon": "analysis.lexicons.loading",
    "lexicon_from_dict": "analysis.lexicons.loading",
    "change_entry": "analysis.lexicons.changes",
    "save_lexicon": "analysis.lexicons.formats.export",
    "find_hits": "analysis.hits.find",
    "count_hits": "analysis.hits.count",
    "find_attributions": "analysis.hits.voice.attributions",
    "find_hedges": "analysis.hits.certainty.cues",
    "find_negations": "analysis.hits.certainty.cues",
    "find_overlaps": "analysis.hits.summaries",
    "count_entries": "analysis.hits.summaries",
    "score_paragraphs": "analysis.scores.scoring",
    "score_documents": "analysis.scores.scoring",
    "score_intervals": "analysis.comparison.groups",
    "compare_groups": "analysis.comparison.groups",
    "compare_documents": "analysis.comparison.groups",
    "make_coding_sheet": "analysis.validation.sampling",
    "make_codebook": "analysis.validation.make_codebook",
    "read_codebook": "analysis.validation.workbooks.reading",
    "read_codes": "analysis.validation.workbooks.reading",
    "save_coding_sheet": "analysis.validation.workbooks.writing",
    "gold_codes": "analysis.validation.gold",
    "validate_lexicon": "analysis.validation.lexicon",
    "describe_validation": "analysis.validation.description",
    "supervised_ceiling": "analysis.validation.supervised",
    "agreement": "analysis.validation.agreement",
    "disagreements": "analysis.validation.disagreements",
    "count_speakers": "analysis.scores.speakers",
    "hedging_density": "analysis.scores.speakers",
    "keywords_in_context": "analysis.hits.kwic",
    "keyness": "analysis.comparison.keyness",
    "log_odds": "analysis.comparison.keyness",
    "word_shift": "analysis.comparison.word_shift",
    "leave_one_out": "analysis.comparison.sensitivity",
    "multiverse": "analysis.comparison.sensitivity",
    "length_effect": "analysis.comparison.length",
    "similarity": "analysis.exploration.similarity",
    "cluster_documents": "analysis.exploration.similarity",
    "cooccurrence": "analysis.exploration.cooccurrence",
    "find_topics": "analysis.exploration.topics",
    "topic_frames": "analysis.exploration.topics",
    "trend": "analysis.comparison.trends",
    "lexicon_coverage": "analysis.exploration.coverage",
    "suggest_terms": "analysis.exploration.coverage",
    "lint_lexicon": "analysis.lexicons.lint",
    "analyze": "analysis.scores.analyze",
    "score_corpus": "analysis.scores.corpus.run",
    "open_scores": "analysis.scores.corpus.opening",
    "method_note": "analysis.saving.provenance",
    "plot_paragraphs": "analysis.figures.scores",
    "plot_documents": "analysis.figures.scores",
    "plot_entries": "analysis.figures.scores",
    "plot_word_shift": "analysis.figures.keyness",
    "plot_log_odds": "analysis.figures.keyness",
    "plot_coverage": "analysis.figures.keyness",
    "plot_contrasts": "analysis.figures.contrasts",
    "plot_leave_one_out": "analysis.figures.sensitivity",
    "plot_multiverse": "analysis.figures.sensitivity",
    "plot_length_effect": "analysis.figures.sensitivity",
    "plot_validity": "analysis.figures.validity",
    "plot_thresholds": "analysis.figures.validity",
    "plot_entry_errors": "analysis.figures.validity",
    "plot_trend": "analysis.figures.contrasts",
    "plot_similarity": "analysis.figures.topics",
    "plot_cooccurrence": "analysis.figures.topics",
    "plot_topics": "analysis.figures.topics",
    "plot_voices": "analysis.figures.voices",
    "plot_speakers": "analysis.figures.voices",
    "plot_agreement": "analysis.figures.validation",
    "alt_text": "analysis.figures.alt_text",
    "use_style": "analysis.figures.style",
    "plain_messages": "analysis.output.plain_messages",
    "category_styles": "analysis.figures.style",
    "save_figure": "analysis.figures.saving",
    "show_text": "analysis.output.highlighted",
    "explore": "analysis.output.explorer.widget",
    "code_paragraphs": "analysis.validation.widget.widget",
    "save_table": "analysis.saving.spreadsheets",
    "save_texts": "analysis.output.pages",
    "format_table": "analysis.output.tables.formatting",
    "save_formatted": "analysis.output.tables.saving",
    "data_folder": "analysis.saving.paths",
    "figures_folder": "analysis.saving.paths",
    "demonstration_codes": "analysis.saving.paths",
    "coding_folder": "analysis.validation.workbooks.folders",
}

__all__ = sorted([*_HOME, "__version__"])


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return metadata.version("media-framing")
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
