"""Numerics on plain arrays: intervals, tests and adjustments, association."""
