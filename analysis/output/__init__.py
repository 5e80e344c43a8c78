"""What people read: highlighted text, pages, reports, printed tables, the explorer.

The command line takes `article_report` and `notebooks`; their markup lies in `templates`.
"""
