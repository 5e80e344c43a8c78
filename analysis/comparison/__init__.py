"""Groups, documents, dates and words against each other.

The public functions are all it offers to others; `groups` gives its own room the checks of what
intervals are drawn with.
"""
