"""``start``: lay out a project for somebody who has only the package."""

import argparse
import os
import shutil
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis.cli.options import add_command, shown, tell
from analysis.errors import MediaFramingError
from analysis.saving.ownership import is_foreign, place_of
from analysis.saving.paths import bundled_folder

_EPILOG = """\
examples:
  %(prog)s my_project

exit codes: 0 done, 2 wrong input or arguments, 130 interrupted
"""
_COPIED = ("notebooks", "data")
_EMPTY = ("coding", "figures", "my_notebooks")
_README = Path(__file__).with_name("project_readme.md")


def add(commands: Any) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "start",
        summary="lay out a project: notebooks, demonstration articles, folders",
        description="Lay out a project in a new or empty folder: the notebooks, the demonstration "
        "articles,\nand a folder each for your figures, codes and notebooks.",
        epilog=_EPILOG,
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a new or empty folder")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    folder = place_of(options.folder)
    if os.path.lexists(folder) and not folder.is_dir():
        raise MediaFramingError(f"{shown(folder)!r} is no folder; name a new one")
    if folder.is_dir() and any(is_foreign(path.name) for path in folder.iterdir()):
        raise MediaFramingError(f"{shown(folder)!r} is not empty; name a new folder")
    source = bundled_folder()
    for name in _EMPTY:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in _COPIED:
        hidden = shutil.ignore_patterns(".*")
        shutil.copytree(source / name, folder / name, ignore=hidden, copy_function=shutil.copyfile)
    shutil.copyfile(source / "figures" / "README.md", folder / "figures" / "README.md")
    environment = (source / "environment.yml").read_text(encoding="utf-8")
    _, packages = environment.split("\n", maxsplit=1)
    released = f"media-framing=={metadata.version('media-framing')}"
    (folder / "environment.yml").write_text(packages.replace("-e .", released), encoding="utf-8")
    shutil.copyfile(_README, folder / "README.md")
    tell(
        f"Your project is in {shown(folder)}; its README.md says what is where. To go on:",
        f'  cd "{shown(folder)}"',
        "  media-framing notebooks",
        "  media-framing lab",
    )
    return 0
