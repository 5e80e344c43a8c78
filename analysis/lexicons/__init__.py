"""Lexica: what they hold, how they are written down, and what is wrong with them.

Others call `load_lexicon`, `lexicon_from_dict`, `change_entry`, `save_lexicon` and
`lint_lexicon`, hold a `Lexicon` of `Category` and `Entry` (`model`), and match the tokens of
terms by `terms`.
"""
