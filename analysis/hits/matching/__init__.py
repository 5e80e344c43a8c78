"""Find what a lexicon lists in paragraphs: rules, engine, rows of hits."""
