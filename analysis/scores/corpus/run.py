"""A corpus in, a folder of scores out: planned, handed to Dask, and accounted for."""

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd
from tqdm import tqdm

from analysis.errors import ArgumentError, CorpusError, check_count, first_line, needed_for
from analysis.hits.matching.inputs import lexicon_list
from analysis.languages.language import LanguageName, load_language
from analysis.lexicons.model import Lexicon
from analysis.saving.atomic import write_whole
from analysis.saving.ownership import claim_folder, refuse_nested
from analysis.saving.provenance import making, told_changes
from analysis.scores.corpus.isolation import find_culprits
from analysis.scores.corpus.measures import Measures, rows_of_names, skipped_as_arrow
from analysis.scores.corpus.output import (
    MANIFEST,
    PLAN,
    RECORDS,
    SUCCESS,
    UNREAD,
    as_bytes,
    as_parquet,
    described,
    faults_of,
    locked,
    prepare,
    read_json,
    read_record,
    remove_marks,
    remove_output,
    remove_records,
    remove_temporary,
    write_tables,
)
from analysis.scores.corpus.parts import Part
from analysis.scores.corpus.planning import Plan, changed_files, plan_input
from analysis.scores.corpus.waiting import fault_of, wait_for_any
from analysis.scores.corpus.work import Run, score_part
from analysis.tables.checks import make_table
from analysis.tables.schema import SPLITS

if TYPE_CHECKING:
    from distributed import Client

PART_BYTES = 4_000_000
LONGEST = 10_000_000
CHUNK = 5_000
# How Dask treats workers on this machine.
LOCAL_SETTINGS = {
    # A task that has ended two workers is looked into.
    "distributed.scheduler.allowed-failures": 1,
    # One that pauses at a limit may never go on; one that is ended is replaced.
    "distributed.worker.memory.pause": False,
    # Nothing of ours is worth a place on the disk, where it would lie as a pickle.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.admin.tick.limit": "1h",
    # It samples every thread a hundred times a second, and no one reads the samples.
    "distributed.worker.profile.enabled": False,
    # A worker that dies again within this time would not be replaced any more.
    "distributed.deploy.lost-worker-timeout": "1000d",
    # Pages for the browser, which any user of the machine could read.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
# What moves results, beside the lexica and the language.
_OPTIONS = ("hits", "text_column", "keep_furniture", "longest")
# Tasks that the scheduler holds for each thread: enough to keep all busy, whatever the corpus.
_AHEAD = 3


def score_corpus(
    input: str | os.PathLike[str],
    output: str | os.PathLike[str],
    lexica: Lexicon | Sequence[Lexicon],
    *,
    client: "Client | None" = None,
    resume: bool = True,
    hits: bool = False,
    split: Sequence[str] = (),
    speakers: pd.DataFrame | None = None,
    language: LanguageName | None = None,
    text_column: str = "text",
    keep_furniture: bool = False,
    longest: int = LONGEST,
    part_bytes: int = PART_BYTES,
    chunk_size: int = CHUNK,
    workers: int | None = None,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Score a corpus of any size, part by part, on all cores or on a cluster.

    Every row of the input ends exactly once: scored, or listed in the table ``skipped`` with the
    reason. An interrupted run, however, goes on where it stopped when it is started
    again; the folder says by its file ``_SUCCESS`` that all is there.

    Parameters
    ----------
    input : str or path
        A .parquet, .jsonl, .csv or .tsv file, a folder of them, or a pattern. Text files are in
        UTF-8. On a cluster all workers must see it under this name.
    output : str or path
        A new or empty folder, or one that this function wrote. On a cluster all workers see it.
    lexica : Lexicon or sequence of Lexicon
        What to look for.
    client : distributed.Client, optional
        A Dask cluster. Without it, one process for each core of this machine, which nobody else
        can speak to.
    resume : bool, default True
        Go on with what an earlier run left in `output`; it is refused if lexica, input, options,
        names of speakers, the sources of this package or a library that decides numbers have
        changed. False removes it and starts over.
    hits : bool, default False
        Write every hit, too, with voice and certainty: about half the speed, and several times
        the space.
    split : sequence of {"voice", "certainty", "speaker_group"}, optional
        Split the scores, as in `score_paragraphs`.
    speakers : pandas.DataFrame, optional
        As in `find_hits`, for `hits` and `split`; by default ``speakers.csv`` at the top of the
        folder, or beside the file.
    language : str or path, optional
        As in `split_paragraphs`; all workers must see a folder under this name.
    text_column : str, default "text"
        Column with the texts, by its exact name: where it has another, an error says which to give.
        ``document_id`` or ``id`` names documents; ids may repeat: file and row tell them apart.
    keep_furniture : bool, default False
        As in `read_documents`, which also returns what is cut; it is counted in ``skipped``.
    longest : int, default 10,000,000
        Characters of a text; longer ones are listed and left out.
    part_bytes : int, default 4,000,000
        Bytes of text that make one part of the output.
    chunk_size : int, default 5,000
        Documents of a part scored together; fewer take less memory and more time, no result moves.
    workers : int, optional
        Processes on this machine, where no `client` is given.
    progress : bool, optional
        Show a progress bar; by default where somebody can see it.

    Returns
    -------
    pandas.DataFrame
        Table ``corpus_summary``, one row: what came in, what became of it, and how long it took.

    Raises
    ------
    CorpusError
        If the folder is another run's, holds results of something else, or cannot be written;
        if the input is changed meanwhile; or if no worker is left.
    MediaFramingError
        If `output` holds files of yours, lies in `input`, or the reverse.
    ReadingError
        If there is nothing to read, or ``speakers.csv`` cannot be read.
    TableError
        If two rows about speakers disagree.
    LexiconError
        If a lexicon is given twice.
    LanguageError
        If there is no such `language`.
    ValueError
        If an option is out of range.
    MissingPackageError
        If Dask is not installed.

    Notes
    -----
    The folder holds ``paragraphs``, ``documents``, ``skipped`` and, with `hits`, ``hits``: each
    a folder of Parquet files, of which each begins with ``file``, ``row`` and ``document_id``;
    they hold the tables ``scores``, ``document_scores``, ``skipped`` and ``hits``. ``records``
    holds a file for each part that is whole, ``manifest.json`` all of them. A part depends on
    its rows alone: the bytes are the same for any number of workers.

    A worker that dies is replaced by Dask, and its part is tried again. A part that has ended two
    workers, or fails, is taken apart until the document is found that does it, which is then set
    aside and listed. A cluster of your own needs nannies for that, and two settings:
    ``distributed.scheduler.allowed-failures``, of which 1 means two tries, and in a LocalCluster a
    long ``distributed.deploy.lost-worker-timeout``.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    >>> with tempfile.TemporaryDirectory() as folder:  # doctest: +SKIP
    ...     _ = Path(folder, "news.csv").write_text("text\\nA threat.\\nRain.\\n")
    ...     summary = fa.score_corpus(f"{folder}/news.csv", f"{folder}/scores", lexicon)
    >>> int(summary["n_scored"].iloc[0])  # doctest: +SKIP
    2
    """
    _check_options(split, longest, part_bytes, chunk_size, workers)
    load_language(language)
    begun = time.monotonic()
    folder = Path(os.path.abspath(os.path.expanduser(os.fspath(output))))
    source = os.path.abspath(os.path.expanduser(os.fspath(input)))
    chosen = tuple(lexicon_list(lexica))
    refuse_nested(source, folder)
    with needed_for("scoring a corpus", "corpus"):
        import distributed  # noqa: F401 - before anything is written
    try:
        claim_folder(folder, "score")
        with locked(folder) as token:
            plan = plan_input(source, text_column=text_column, part_bytes=part_bytes)
            measures = Measures(
                lexica=chosen,
                hits=hits,
                split=tuple(split),
                language=None if language is None else os.fspath(language),
                text_column=text_column,
                keep_furniture=keep_furniture,
                columns=dict(plan.columns),
                names=plan.names,
                chunk_size=chunk_size,
                longest=longest,
                speakers=rows_of_names(plan.speakers if speakers is None else speakers, language),
            )
            facts = _facts(plan, measures, part_bytes)
            fingerprint = hashlib.sha256(as_bytes(facts)).hexdigest()
            run = Run(str(folder), fingerprint, token, making(), measures)
            _begin(folder, facts, run, resume=resume, n_parts=len(plan.parts))
            records = {
                part.number: record
                for part in plan.parts
                if (record := read_record(folder, part.name, fingerprint, verify=True)) is not None
            }
            n_before = len(records)
            missing = [part for part in plan.parts if part.number not in records]
            if missing:
                # What says that all is there must not outlive a part that went missing.
                remove_marks(folder)
                with _reached(), _cluster(client, workers, len(missing)) as chosen_client:
                    scored = _score_all(chosen_client, run, plan.parts, missing, progress)
                    records.update(scored)
                same = _facts(plan, measures, part_bytes) == facts
                _refuse_changed(folder, plan, missing, None if same else measures.language)
            _finish(folder, run, plan, records)
    except OSError as fault:
        raise CorpusError(_cannot_write(folder, fault.strerror or str(fault))) from None
    return _summary(plan, records, n_before, time.monotonic() - begun)


def _check_options(
    split: Sequence[str], longest: int, part_bytes: int, chunk_size: int, workers: int | None
) -> None:
    if isinstance(split, str) or any(name not in SPLITS for name in split):
        raise ArgumentError(f"split is {split!r}; give a list of {', '.join(map(repr, SPLITS))}")
    numbers = {"longest": longest, "part_bytes": part_bytes, "chunk_size": chunk_size}
    for name, value in {**numbers, "workers": workers}.items():
        if value is not None:
            check_count(name, value, "give 1 or more")


def _facts(plan: Plan, measures: Measures, part_bytes: int) -> dict[str, Any]:
    """Return all that moves a byte of the output; where it stands and how it is run do not."""
    language = None if measures.language is None else load_language(measures.language)
    return {
        **making(),
        "lexica": [lexicon.id for lexicon in measures.lexica],
        "input": plan.hashes,
        "speakers.csv": measures.hash_of_speakers,
        "options": {
            **{name: getattr(measures, name) for name in _OPTIONS},
            "split": list(measures.split),
            "language": language and f"{language.code}+{language.content_hash}",
            "part_bytes": part_bytes,
        },
    }


def _begin(folder: Path, facts: dict[str, Any], run: Run, *, resume: bool, n_parts: int) -> None:
    if not resume:
        remove_output(folder)
    before = read_json(folder / PLAN)
    if before is None and any((folder / RECORDS).glob("part-*.json")):
        raise CorpusError(
            f"{str(folder)!r} holds parts of a run whose plan is lost; give another folder, or "
            "resume=False to start over"
        )
    if before is not None and before.get("fingerprint") != run.fingerprint:
        differing = told_changes(before.get("facts", {}), facts)
        raise CorpusError(
            f"{str(folder)!r} holds the output of a run that differs in {differing or 'its plan'}; "
            "results of both must not be mixed: go back to what made it, give another folder, or "
            "resume=False to start over"
        )
    prepare(folder, run.measures.tables)
    if before is None:
        plan = {"fingerprint": run.fingerprint, "facts": facts, "n_parts": n_parts}
        write_whole(folder / PLAN, as_bytes({**plan, "tables": list(run.measures.tables)}))


@contextmanager
def _cluster(client: "Client | None", workers: int | None, n_parts: int) -> "Iterator[Client]":
    """Yield the client given, or one of a cluster of this machine's cores."""
    with needed_for("scoring a corpus", "corpus"):
        import cryptography  # noqa: F401 - makes the certificate
        import dask
        from distributed import Client, LocalCluster
    if client is not None:
        yield client
        return
    n_workers = min(workers or os.cpu_count() or 1, max(n_parts, 1))
    if place := dask.config.get("temporary-directory"):
        os.makedirs(place, exist_ok=True)
    with (
        # Workers import from their folders, and anybody may have made Dask's usual one.
        TemporaryDirectory(
            prefix="media-framing-", dir=place, ignore_cleanup_errors=True
        ) as private,
        dask.config.set({**LOCAL_SETTINGS, "temporary-directory": private}),
        LocalCluster(
            n_workers=n_workers,
            threads_per_worker=1,
            processes=True,
            # Any user of the machine reaches the ports, and who may speak there runs code.
            security=True,
            # Any free port: of the usual one a second run would be told that it is taken.
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            silence_logs=50,
            preload=["analysis.scores.corpus.interrupts"],
        ) as cluster,
        Client(cluster) as own,
    ):
        yield own


@contextmanager
def _reached() -> Iterator[None]:
    """Say in a sentence that the cluster is gone; Dask says it by errors of several kinds."""
    try:
        yield
    except (CancelledError, OSError, RuntimeError) as fault:
        raise CorpusError(
            f"the cluster cannot be reached ({first_line(fault)}); restart it and run this "
            "again: it goes on where it stopped"
        ) from None


def _score_all(
    client: "Client",
    run: Run,
    parts: Sequence[Part],
    missing: Sequence[Part],
    progress: bool | None,
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the record of each missing part; those that ended workers come last."""
    total, left = (sum(part.n_bytes for part in some) for some in (parts, missing))
    bar = tqdm(
        total=total,
        initial=total - left,
        unit="B",
        unit_scale=True,
        desc="Scoring",
        disable=None if progress is None else not progress,
    )
    suspects = []
    with bar:
        for part, record in _results(client, run, missing):
            if record is None:
                suspects.append(part)
                continue
            bar.update(part.n_bytes)
            yield part.number, record
        for part in sorted(suspects, key=lambda one: one.number):
            # Alone, so that no other part is taken for the one that ends workers.
            bar.set_postfix_str(f"looking into {part.name}")
            record = _alone(client, run, part, {})
            record = record or _alone(client, run, part, find_culprits(client, run, part))
            if record is None:
                raise CorpusError(
                    f"{part.file}, rows {part.first_row} on, cannot be scored whatever is left "
                    "out; give workers more memory, or a smaller part_bytes with resume=False"
                )
            bar.update(part.n_bytes)
            yield part.number, record


def _alone(
    client: "Client", run: Run, part: Part, quarantined: Mapping[int, str]
) -> dict[str, Any] | None:
    return next(_results(client, run, [part], quarantined))[1]


def _results(
    client: "Client",
    run: Run,
    parts: Sequence[Part],
    quarantined: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[tuple[Part, dict[str, Any] | None]]:
    """Hand out parts, few at a time, and yield their records; None where one failed."""
    waiting = iter(parts)
    at_work: dict[Any, Part] = {}
    try:
        while True:
            threads = max(sum(client.nthreads().values()), 1)
            while len(at_work) < _AHEAD * threads and (part := next(waiting, None)) is not None:
                # What all parts share goes with each: a copy that workers hold dies with them.
                future = client.submit(score_part, run, part, dict(quarantined), pure=False)
                at_work[future] = part
            if not at_work:
                return
            for future in wait_for_any(client, at_work):
                part = at_work.pop(future)
                if fault_of(future) is not None:
                    yield part, None
                    continue
                record = future.result()
                if "fault" in record:
                    raise CorpusError(_cannot_write(Path(run.folder), record["fault"]))
                yield part, record
    finally:
        for future in at_work:
            with suppress(Exception):
                future.cancel()


def _refuse_changed(folder: Path, plan: Plan, scored: Sequence[Part], language: str | None) -> None:
    """Discard what was made of files that changed meanwhile: it may mix old and new."""
    changed = [*([] if language is None else [language]), *changed_files(plan)]
    if not changed:
        return
    remove_records(folder, [one.name for one in scored if language or one.file in changed])
    raise CorpusError(
        f"{', '.join(map(repr, changed))} changed while the corpus was scored; put back what was "
        "there and run this again, or start over with resume=False"
    )


def _finish(folder: Path, run: Run, plan: Plan, records: dict[int, dict[str, Any]]) -> None:
    """Write the manifest and the mark that all is there, if all is there."""
    absent = [
        part.name
        for part in plan.parts
        if read_record(folder, part.name, run.fingerprint, verify=False) != records[part.number]
    ]
    if absent:
        raise CorpusError(
            f"{len(absent)} parts are missing from {str(folder)!r}, the first {absent[0]}; has "
            "another program changed the folder? Run this again: it goes on where it stopped"
        )
    unread = {"skipped": skipped_as_arrow([note for note in plan.notes if not note.expected])}
    written = as_parquet(unread)
    told = {"files": described(unread, written)}
    manifest = as_bytes(
        {
            "fingerprint": run.fingerprint,
            "tables": list(run.measures.tables),
            "parts": [records[part.number] for part in plan.parts],
            "unread": told,
        }
    )
    success = as_bytes({"manifest": hashlib.sha256(manifest).hexdigest()})
    remove_temporary(folder)
    if (
        read_json(folder / SUCCESS) == json.loads(success)
        and read_json(folder / MANIFEST) == json.loads(manifest)
        and not any(faults_of(folder, UNREAD, told, verify=True))
    ):
        return
    remove_marks(folder)
    write_tables(folder, UNREAD, written)
    write_whole(folder / MANIFEST, manifest)
    write_whole(folder / SUCCESS, success)


def _cannot_write(folder: Path, reason: str) -> str:
    return (
        f"{str(folder)!r} cannot be written: {reason}; fix that and run this again: it goes on "
        "where it stopped"
    )


def _summary(
    plan: Plan, records: dict[int, dict[str, Any]], n_before: int, seconds: float
) -> pd.DataFrame:
    def total(name: str) -> int:
        return sum(record[name] for record in records.values())

    row = {
        **{name: total(name) for name in ("n_rows", "n_scored", "n_quarantined", "n_characters")},
        "n_skipped": total("n_failed"),
        "n_score_rows": sum(r["files"]["paragraphs"]["rows"] for r in records.values()),
        "n_files_unread": sum(note.what == "file" and not note.expected for note in plan.notes),
        "n_parts": len(records),
        "n_parts_before": n_before,
        "seconds": seconds,
    }
    return make_table("corpus_summary", pd.DataFrame([row]))
