"""Text as it stands, seen as folded characters, tokens, sentences and paragraphs."""
