"""What a corpus holds: coverage, likeness, topics, frames that stand together."""
