"""Who speaks: quotations, attributed clauses, and their speakers."""
