"""Dictionaries of other programs → lexica, and lexica → files of other programs."""
