"""Which notebooks are the project's: a researcher may keep others beside them."""

import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"


def tracked_notebooks(folder: Path = FOLDER) -> list[Path]:
    """Return the notebooks that git tracks; without git, all there are."""
    try:
        run = subprocess.run(
            ["git", "ls-files", "-z", "*.ipynb"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        names = []
    else:
        names = [name for name in run.stdout.split("\0") if name]
    return sorted(path for path in folder.glob("*.ipynb") if not names or path.name in names)
