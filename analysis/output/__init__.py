"""What people read: highlighted text, pages, reports, printed tables, the explorer."""
