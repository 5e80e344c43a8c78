"""How many articles a second are read from files of news databases.

Run ``python benchmarks/exports.py FILE …``. Each file is copied until its copies hold a thousand
articles, and the folder of them is read as users do, several rounds; the best one counts.
"""

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

import analysis as fa

ARTICLES = 1000


def main() -> None:
    """Measure, and print a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    for path in options.files:
        speed, seconds_alone = measure(path, options.rounds)
        print(f"{path.name:<40} {speed:>8,.0f} articles/s   alone {seconds_alone:.2f} s")
    print(f"on {os.cpu_count()} cores")


def measure(path: Path, rounds: int) -> tuple[float, float]:
    """Return the articles a second of many copies, and the seconds for the file alone."""
    n_articles, seconds_alone = read(path)
    with tempfile.TemporaryDirectory() as folder:
        for n in range(-(-ARTICLES // n_articles)):
            shutil.copy(path, Path(folder) / f"{n:04d}{path.suffix}")
        speeds = [n_read / seconds for n_read, seconds in (read(folder) for _ in range(rounds))]
    return max(speeds), seconds_alone


def read(source: str | Path) -> tuple[int, float]:
    """Return the number of articles of a source, and the seconds that reading it takes."""
    start = time.perf_counter()
    documents, _ = fa.read_documents(source, return_skipped=True)
    return len(documents), time.perf_counter() - start


if __name__ == "__main__":
    main()
