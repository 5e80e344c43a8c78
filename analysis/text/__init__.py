"""Texts as folded characters, tokens, sentences and paragraphs with their roles.

Other rooms take the verbs of `segmentation`, sentences of a language (`sentences_of`), tokens
(`tokens`) and the folded view of a text (`folding`).
"""
