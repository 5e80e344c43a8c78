"""Every table's schema, and the checks that hold tables to them.

Other rooms take `TABLES` (`core`), parts of schemas and their scale (`schema`), and what makes,
checks and joins tables (`checks`).
"""
