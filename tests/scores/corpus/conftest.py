"""A Dask client within this process, and a small corpus with all that can be wrong in it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from tests.builders import IN_PROCESS

LEXICON = fa.lexicon_from_dict(
    "demo", {"security": ["threat*", "border*"], "welfare": ["pension*", "care"]}
)
WORDS = "a threat at the border may rise said the agency pensions and care resumed".split()


@pytest.fixture(scope="session")
def client() -> Iterator[Any]:
    from distributed import Client

    with Client(**{**IN_PROCESS, "n_workers": 2}) as own:
        yield own


def texts_of(n: int) -> list[str]:
    """Return invented texts of one to four paragraphs."""
    return [
        "\n\n".join(
            " ".join(WORDS[(n * 7 + k * 3 + j * (k + 2)) % len(WORDS)] for j in range(5 + n % 9))
            + "."
            for k in range(1 + n % 4)
        )
        for n in range(n)
    ]


def table_of(n: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": [f"doc-{k}" for k in range(n)],
            "text": texts_of(n),
            "outlet": ["Wire" if k % 3 else "Daily" for k in range(n)],
            "date": [f"2024-01-{1 + k % 28:02d}" for k in range(n)],
            "words": range(n),
        }
    )


# Ten parts: each costs something of its own.
SMALL: dict[str, Any] = {"part_bytes": 2_500, "progress": False}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three files of 40 rows."""
    return write_corpus(tmp_path / "news")


@pytest.fixture(scope="session")
def _scored_once(client: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scored")
    corpus = write_corpus(folder / "news")
    fa.score_corpus(corpus, folder / "out", LEXICON, client=client, **SMALL)
    return folder / "out"


@pytest.fixture
def scored(_scored_once: Path, tmp_path: Path) -> Path:
    """The finished output of `corpus`, a copy to do with as one likes."""
    return Path(shutil.copytree(_scored_once, tmp_path / "out"))


def write_corpus(folder: Path) -> Path:
    folder.mkdir()
    table = table_of(120)
    table.iloc[:40].to_parquet(folder / "a.parquet", row_group_size=15)
    table.iloc[40:80].to_csv(folder / "b.csv", index=False)
    lines = [json.dumps(row) for row in table.iloc[80:].to_dict("records")]
    (folder / "c.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def bytes_of(output: Path) -> dict[str, bytes]:
    """Return every file of an output but those that say who works on it."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
