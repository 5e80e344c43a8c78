"""Paragraphs become hits, each with its voice and certainty."""
