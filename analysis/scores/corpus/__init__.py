"""Corpora of any size: files in, a folder of scores out, part by part, nothing lost."""
