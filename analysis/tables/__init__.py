"""Every table's schema, and the checks that hold tables to them."""
