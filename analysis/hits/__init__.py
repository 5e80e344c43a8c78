"""Paragraphs become hits, each with its voice and certainty.

`find` makes the table, `count` only its sums; `matching` is the engine, `voice` tells who speaks,
`certainty` how surely; `summaries` and `kwic` show hits in brief and in context.
"""
