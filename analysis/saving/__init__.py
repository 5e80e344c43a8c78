"""Where results go: folders, files written whole or not at all, tables for spreadsheets, versions."""
