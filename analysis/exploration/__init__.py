"""What a corpus holds: coverage, suggested terms, likeness, topics, frames that stand together.

Beside the public functions other rooms take `TermIndex` (`terms`) and `suggestions_from`
(`suggestions`), which make one list of suggestions after the other; `similarity` gives its own
room the content words of a text.
"""
