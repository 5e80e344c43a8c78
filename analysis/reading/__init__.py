"""Files and tables of articles → the table of documents, and a list of what was skipped."""

from analysis.reading.documents import documents_from_texts, read_documents

__all__ = ["documents_from_texts", "read_documents"]
