"""Dictionaries in the forms of other programs: told apart, read, and written.

`sniffing` names the form, its readers return a draft with losses, and `assembly` makes the
lexicon; `export` writes one. A reader raises `PlacedError`; the loader adds the file's name.
"""
