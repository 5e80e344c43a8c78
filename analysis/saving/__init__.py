"""Where results go: folders, files written whole or not at all, spreadsheets, versions.

Other rooms take the writers of `atomic`, the folders of `paths`, tables for spreadsheets
(`spreadsheets`) and the note of versions and rules (`provenance`).
"""
