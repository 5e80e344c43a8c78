"""Human codes: what to code, how well coders agree, and how well a lexicon finds what they found.

The public functions are all it offers to others. Inside, `checks` guards sheets and codebooks,
`workbooks` and `widget` are the two ways of coding, `coefficients` and `rates` give measures as
sums by document, which `resampling` gives intervals.
"""
