"""Everything that belongs to one language: words, endings and lexica of cues, one folder each.

Other rooms take `load_language` for a name, and `languages_of` for the rows of a table.
"""
