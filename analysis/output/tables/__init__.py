"""Tables → tables fit to print: headings, rounded numbers, notes; and files of them."""
