"""Coding paragraphs by hand in JupyterLab, and the file that keeps the codes."""
