"""What a corpus holds: coverage, likeness, topics, frames that stand together.

The public functions are all it offers to others; `similarity` gives its own room the content
words of a text.
"""
