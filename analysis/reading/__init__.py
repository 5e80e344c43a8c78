"""Files and tables of articles → the table of documents, and a list of what was skipped.

Others call `read_documents`, `documents_from_texts`, `reading_report`, `drop_duplicates` and
`read_nltk_corpus`, list what was skipped by `listing`, and read rows of tables by `tabular`,
`delimited`, `jsonlines` and `nested`. `sandbox` parses untrusted files in a process of its own.
"""
