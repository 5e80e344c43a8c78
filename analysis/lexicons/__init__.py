"""Lexica: what they hold, how they are written down, and what is wrong with them."""
