"""Groups, documents, dates and words against each other."""
