"""Where results go: folders, whole files, tables for spreadsheets, versions."""
