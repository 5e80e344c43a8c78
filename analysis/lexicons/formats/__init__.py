"""Dictionaries in the forms of other programs: told apart, read, and written."""
