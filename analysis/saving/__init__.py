"""Where results go: folders, files written whole or not at all, spreadsheets, versions.

Other rooms take the writers of `atomic`, the folders of `paths`, the rule that tells which files
are ours (`ownership`), folders replaced whole (`swapping`), tables for spreadsheets
(`spreadsheets`) and the note of versions and rules (`provenance`).
"""
