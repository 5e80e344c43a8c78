"""Exploring documents, their hits and scores in JupyterLab, and the same view without it."""
