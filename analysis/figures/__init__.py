"""Figures: each function takes a table, draws on Axes and computes no statistic.

`style` gives other rooms the colours of categories, the look of figures and short labels,
`alt_text` a figure in words, `saving` its files. `drawing` and `captions` hold what the plots
share; the other modules are one family of plots each, under their public names.
"""
