"""Numerics on plain arrays; no table of the package is known here.

Other rooms take intervals (`intervals`), tests, adjustments and effect sizes (`significance`),
log-odds (`association`), and sums and quotients by unit (`sums`).
"""
