"""What pyproject.toml cannot say: what is compiled, and the project that the wheel holds."""

import os
import runpy
import shutil
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.build_py import build_py

# What `media-framing start` lays out; in a checkout it is read where it stands.
PROJECT = ["notebooks/*.ipynb", "data/**/*.*", "figures/README.md", "environment.yml"]
# Without what only debuggers read, which is five sixths of what is built.
SMALL = {
    "extra_compile_args": ["-g0", "-fno-asynchronous-unwind-tables"],
    "extra_link_args": ["-Wl,-s"],
}
OPTIONS = {} if os.name == "nt" else SMALL
SOURCES = runpy.run_path("analysis/sources.py")
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


class BuildWithHashes(build_ext):
    """Compiles each source with a last line, by which it is refused once that has changed."""

    def run(self) -> None:
        """Compile; of what was compiled before nothing is left, also where that fails."""
        ending = Path(self.get_ext_filename("module")).name.removeprefix("module")
        # All, since a module that is no longer compiled would stay as it was.
        for path in Path("analysis").rglob(f"*{ending}") if self.inplace else ():
            path.unlink()
        super().run()

    def build_extension(self, ext: Extension) -> None:
        """Compile a copy."""
        Path(self.get_ext_fullpath(ext.name)).unlink(missing_ok=True)
        source = Path(ext.sources[0])
        sha256 = SOURCES["hash_of"](SOURCES["parts_of"](source))
        copy = Path(self.build_temp, source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(
            f"{source.read_text(encoding='utf-8')}\n"
            "from analysis.sources import refuse_outdated as _refuse\n"
            f"_refuse(__file__, __name__, {sha256!r})\n",
            encoding="utf-8",
        )
        ext.sources = [str(copy)]
        # The types of the copy lie beside its source.
        self.cython_include_dirs = ["."]
        super().build_extension(ext)


setup(
    cmdclass={"build_ext": BuildWithHashes, "build_py": BuildWithProject},
    # Without a C compiler none is built, and Python does the same work in more time.
    ext_modules=[
        Extension(".".join(path.with_suffix("").parts), [str(path)], optional=True, **OPTIONS)
        for path in sorted([*Path("analysis").rglob("*.pyx"), *TYPED])
    ],
)
