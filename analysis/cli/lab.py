"""``lab``: open JupyterLab on the project."""

import argparse
import os
from pathlib import Path
from typing import Any

from analysis.cli.options import add_command
from analysis.errors import MediaFramingError, needed_for
from analysis.saving.paths import find_project

_EPILOG = """\
examples:
  %(prog)s
  %(prog)s --data my_articles
  %(prog)s -- --no-browser --port=8890

exit codes: 0 ended, 2 wrong input or arguments, 130 interrupted
"""
_FIRST = "notebooks/00_start_here.ipynb"
_SECURE = (
    # JupyterLab would ask elsewhere for news and newer versions of itself.
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    # Any user of the machine could read along what a kernel prints.
    "--KernelManager.transport_encryption=auto",
)


def add(commands: Any) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "lab",
        summary="open JupyterLab on the project",
        description="Open JupyterLab on the project that you are in: its notebooks, articles, "
        "figures,\nreports and coding sheets.",
        epilog=_EPILOG,
    )
    parser.add_argument("--data", type=Path, help="folder of articles (data/articles)")
    parser.add_argument("more", nargs="*", help="options of `jupyter lab`, after --")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with needed_for("JupyterLab", "notebook"):
        from jupyterlab.labapp import LabApp

    project = find_project()
    if project is None:
        raise MediaFramingError(
            f"there is no project in {str(Path.cwd())!r}; go to yours, or lay one out with "
            "media-framing start my_project"
        )
    if options.data:
        os.environ["MEDIA_FRAMING_DATA"] = str(options.data.expanduser().resolve())
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    first = [str(project / _FIRST)] if (project / _FIRST).is_file() else []
    fixed = [f"--ServerApp.root_dir={project}", *_SECURE, *as_root]
    LabApp.launch_instance([*fixed, *options.more, *first])
    return 0
