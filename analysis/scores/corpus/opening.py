"""The output of a corpus, opened lazily, and plain about what of it is missing."""

import hashlib
import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pyarrow.dataset as ds

from analysis.errors import CorpusError, PartialOutputWarning, check_choice, needed_for
from analysis.scores.corpus.output import (
    MANIFEST,
    PLAN,
    RECORDS,
    SUCCESS,
    UNREAD,
    faults_of,
    read_json,
)

_Table = Literal["paragraphs", "documents", "hits", "skipped"]
_Engine = Literal["arrow", "dask", "duckdb"]


def open_scores(
    output: str | os.PathLike[str],
    table: _Table = "paragraphs",
    *,
    engine: _Engine = "arrow",
    verify: bool = False,
) -> Any:
    """Open a table of a scored corpus without reading it into memory.

    Parameters
    ----------
    output : str or path
        Folder that `score_corpus` wrote, or is writing.
    table : {"paragraphs", "documents", "hits", "skipped"}, default "paragraphs"
        Which table.
    engine : {"arrow", "dask", "duckdb"}, default "arrow"
        What is returned: a dataset of Arrow, a DataFrame of Dask, or a relation of DuckDB.
    verify : bool, default False
        Read all files once and compare their hashes with the manifest, not only their sizes.

    Returns
    -------
    pyarrow.dataset.Dataset, dask.dataframe.DataFrame or duckdb.DuckDBPyRelation
        Rows in the order of the input.

    Raises
    ------
    CorpusError
        If the folder is no output, has no such table, or a file of a part that was finished is
        missing or changed.
    ValueError
        If `engine` is another one.
    MissingPackageError
        If the engine is not installed.

    Warns
    -----
    PartialOutputWarning
        If the run is not finished: "partial, n of m parts".

    Examples
    --------
    >>> import analysis as fa
    >>> fa.open_scores("scores", engine="arrow").to_table().to_pandas()  # doctest: +SKIP
    """
    check_choice("engine", engine, ("arrow", "dask", "duckdb"))
    folder = Path(os.path.expanduser(os.fspath(output)))
    plan = read_json(folder / PLAN)
    if plan is None:
        raise CorpusError(
            f"{str(folder)!r} holds no scores of a corpus (it has no {PLAN}); give the folder that "
            "score_corpus wrote"
        )
    if table not in plan["tables"]:
        raise CorpusError(
            f"{str(folder)!r} has no table {table!r}; it has {', '.join(plan['tables'])}"
        )
    records = _records(folder, plan)
    if success := (folder / SUCCESS).exists():
        records[UNREAD] = (read_json(folder / MANIFEST) or {}).get("unread", {"files": {}})
    faults = [
        fault
        for name, record in records.items()
        for fault in faults_of(folder, name, record, verify=verify)
    ]
    if faults:
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise CorpusError(
            f"{str(folder)!r} is damaged: {faults[0]}{more}; run score_corpus again: it scores "
            "what is missing"
        )
    if not success:
        warnings.warn(
            f"partial, {len(records):,} of {plan['n_parts']:,} parts: {str(folder)!r} is not "
            "finished, and sums over it are not those of the corpus",
            PartialOutputWarning,
            stacklevel=2,
        )
    if table != "skipped":
        records.pop(UNREAD, None)
    paths = [str(folder / table / f"{name}.parquet") for name in records]
    if not paths:
        raise CorpusError(f"{str(folder)!r} has no finished part yet; wait for the first one")
    return _opened(paths, engine)


def _records(folder: Path, plan: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the records of the parts that are finished, by their names."""
    if not (folder / SUCCESS).exists():
        paths, own = sorted((folder / RECORDS).glob("part-*.json")), plan["fingerprint"]
        records = {path.stem: read_json(path) or {} for path in paths}
        return {name: one for name, one in records.items() if one.get("fingerprint") == own}
    success = read_json(folder / SUCCESS) or {}
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != success.get("manifest"):
        raise CorpusError(
            f"{str(folder)!r} is damaged: {MANIFEST} is missing or changed; run score_corpus again"
        )
    manifest = read_json(folder / MANIFEST) or {"parts": []}
    return {f"part-{record['part']:06d}": record for record in manifest["parts"]}


def _opened(paths: list[str], engine: _Engine) -> Any:
    with needed_for(f"engine={engine!r}", "corpus"):
        if engine == "dask":
            import dask.dataframe as dd

            return dd.read_parquet(paths, index=False)
        if engine == "duckdb":
            import duckdb

            return duckdb.read_parquet(paths)
    return ds.dataset(paths, format="parquet")
