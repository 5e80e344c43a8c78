"""Hits become scores of paragraphs, documents and groups; speakers are counted.

Other rooms take `scoring` (also how groups are made), `speakers` and `analyze`, which makes all
tables in one call. `corpus` scores what does not fit into memory.
"""
