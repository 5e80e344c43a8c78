"""Find what a lexicon lists in paragraphs, each hit with its place and words."""

from analysis.matching.counts import count_hits
from analysis.matching.hits import find_hits
from analysis.matching.summaries import count_entries, find_overlaps

__all__ = ["count_entries", "count_hits", "find_hits", "find_overlaps"]
