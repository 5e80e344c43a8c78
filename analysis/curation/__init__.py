"""A lexicon in the making: decisions on entries, the files that keep them, and hits judged.

`curate` (`opening`) shows it as a page. What the page tells and saves comes from functions that
work without it.
"""
