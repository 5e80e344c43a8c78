"""What pyproject.toml cannot say: what is compiled, and the project that the wheel holds."""

import os
import shutil
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_py import build_py

# What `media-framing start` lays out; in a checkout it is read where it stands.
PROJECT = ["notebooks/*.ipynb", "data/**/*.*", "figures/README.md", "environment.yml"]
# Without what only debuggers read, which is five sixths of what is built.
SMALL = {
    "extra_compile_args": ["-g0", "-fno-asynchronous-unwind-tables"],
    "extra_link_args": ["-Wl,-s"],
}
OPTIONS = {} if os.name == "nt" else SMALL
TYPED = [path.with_suffix(".py") for path in Path("analysis").rglob("*.pxd")]


class BuildWithProject(build_py):
    """Copies notebooks and demonstration data into the package that is built."""

    def run(self) -> None:
        """Build, and copy."""
        super().run()
        if not self.editable_mode:
            for path in {path for pattern in PROJECT for path in Path().glob(pattern)}:
                target = Path(self.build_lib, "analysis", "project", path)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


setup(
    cmdclass={"build_py": BuildWithProject},
    # Without a C compiler none is built, and Python does the same work in more time.
    ext_modules=[
        Extension(".".join(path.with_suffix("").parts), [str(path)], optional=True, **OPTIONS)
        for path in sorted([*Path("analysis").rglob("*.pyx"), *TYPED])
    ],
)
