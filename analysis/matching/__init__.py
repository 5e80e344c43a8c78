"""Find what a lexicon lists in paragraphs."""

from analysis.matching.counts import count_hits
from analysis.matching.summaries import count_entries, find_overlaps

__all__ = ["count_entries", "count_hits", "find_overlaps"]
