"""Files and tables of articles → the table of documents, and a list of what was skipped."""
