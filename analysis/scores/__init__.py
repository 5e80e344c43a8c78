"""Hits and paragraphs become scores; speakers are counted; corpora of any size."""
