"""Everything that belongs to one language: lexica, words and endings, a folder a language."""
