"""The subcommands of the command line, one a module, each with a function `add`.

`analysis.__main__` calls `add` of each; `options` holds what they share.
"""
