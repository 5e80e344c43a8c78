"""How surely a text says something: hedges, negation, and how far they reach."""
