"""A lexicon in the making: decisions on entries, the files that keep them, and hits judged.

Other rooms take `CurationFiles` (`files`), and what tables say of it (`description`).
"""
