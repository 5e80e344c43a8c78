"""Corpora of any size: files in, a folder of scores out, part by part, nothing lost.

Others call `score_corpus` (`run`) and `open_scores` (`opening`).
"""
