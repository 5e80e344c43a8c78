"""The files of one curation: read when they changed, and written whole, the log first."""

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from analysis.curation.decisions import Curated, replay, version_in
from analysis.curation.judgements import KEY, codes_from
from analysis.curation.reading import FILES, cells_of, read_log
from analysis.errors import ArgumentError, LexiconError, LexiconWarning, TableError
from analysis.lexicons.formats.export import content_of
from analysis.lexicons.loading import lexicon_of
from analysis.lexicons.model import Lexicon
from analysis.lexicons.strict_yaml import comment_line
from analysis.saving.atomic import cannot_write, written_whole
from analysis.saving.spreadsheets import write_for_spreadsheets
from analysis.tables.checks import make_table
from analysis.tables.core import TABLES
from analysis.validation.gold import UNIT
from analysis.validation.widget.answers import COLUMNS, no_answers
from analysis.validation.widget.files import write_answers

_LOCK = ".curation.lock"
_PATIENCE = 30
_ENDINGS = (".yml", ".yaml")
_OWN_FOLDER = "give each lexicon a folder of its own"
_CODED = [*UNIT, "coder"]
_JUDGEMENT = list(TABLES["judgements"].columns)
Loaded = tuple[Lexicon, pd.DataFrame, pd.DataFrame]


class CurationFiles:
    """A lexicon's file with its log, judgements and codes beside it; any number may share them."""

    def __init__(self, path: str | os.PathLike[str], lexicon: Lexicon) -> None:
        # Resolved, so that a later change of folder moves no file, and a link stays one.
        self.path = Path(path).expanduser().resolve()
        if self.path.suffix.lower() not in _ENDINGS:
            raise ArgumentError(f"{self.path.name!r} does not end in .yml; name it so")
        losses = content_of(lexicon, self.path, None)[1]
        if len(losses):
            raise LexiconError(
                f"{losses['term'].iloc[0]!r} of {lexicon.name} can stand in no file of ours; drop "
                "it first"
            )
        self._begun = lexicon
        self._files = {name: self.path.with_name(file) for name, file in FILES.items()}
        self._stamp: tuple[object, ...] | None = None
        self._loaded: Loaded | None = None
        self._told = False

    def load(self) -> Loaded:
        """Return the lexicon, its decisions and the judgements, read again if a file changed."""
        stamp = self._stamp_now()
        if self._loaded is None or stamp != self._stamp:
            loaded, lacking = self._read()
            if len(lacking):
                # Another program may be between the two files, or have ended there.
                with self._alone():
                    stamp = self._stamp_now()
                    loaded = self._repaired()
            self._loaded, self._stamp = loaded, stamp
        return self._loaded

    def decide(self, make: Callable[[Lexicon, pd.DataFrame], Curated]) -> Curated:
        """Apply what `make` decides to the lexicon as the file has it, and write both files."""
        with self._alone():
            lexicon, decisions, judgements = self._repaired()
            lexicon, decisions = make(lexicon, decisions)
            lexicon = self._write(lexicon, decisions)
            self._loaded, self._stamp = (lexicon, decisions, judgements), self._stamp_now()
        return lexicon, decisions

    def judge(self, rows: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
        """Add judgements, and write them with the codes that follow from all of the category.

        `hits` are all hits of the categories in `rows`, as the lexicon finds them now.
        """
        with self._alone():
            lexicon, decisions, before = self._repaired()
            kept = self._codes_kept(before, hits, set(rows["category"]))
            judgements = pd.concat(
                [before, make_table("judgements", rows[_JUDGEMENT])], ignore_index=True
            )
            judgements = judgements.drop_duplicates(KEY, keep="last", ignore_index=True)
            own = judgements[judgements["category"].isin(rows["category"])]
            codes = pd.concat([kept, codes_from(own, hits)], ignore_index=True)
            codes = codes.drop_duplicates(_CODED, keep="last", ignore_index=True)
            with written_whole(self._files["judgements"], durable=True) as file:
                write_for_spreadsheets(judgements, file)
            write_answers(codes, self._files["codes"])
            self._loaded = lexicon, decisions, judgements
            self._stamp = self._stamp_now()
        return judgements

    def codes(self) -> pd.DataFrame:
        """Return the codes of paragraphs that follow from the judgements, as the file has them."""
        path = self._files["codes"]
        if not path.exists():
            return no_answers()
        cells = cells_of(path)
        if missing := [name for name in COLUMNS if name not in cells]:
            raise TableError(
                f"{path.name!r} is no file of codes (it lacks {missing[0]!r}); restore it from a "
                "copy, or move it away"
            )
        table = cells[list(COLUMNS)].mask(lambda own: own.eq(""))
        numbers = pd.to_numeric(table["paragraph"], errors="coerce")
        if numbers.isna().any():
            raise TableError(
                f"a paragraph of {path.name!r} is no number; restore it from a copy, or move it "
                "away"
            )
        return table.assign(paragraph=numbers.astype("int64"))

    def _codes_kept(
        self, judgements: pd.DataFrame, hits: pd.DataFrame, categories: set[str]
    ) -> pd.DataFrame:
        """Return codes that stay: of other categories, and of paragraphs without hits by now."""
        codes = self.codes()
        own, judged = (pd.MultiIndex.from_frame(table[_CODED]) for table in (codes, judgements))
        if not own.isin(judged).all():
            raise TableError(
                f"{self._files['codes'].name!r} in {str(self.path.parent)!r} holds codes that do "
                f"not follow from judgements of hits; move it away, or {_OWN_FOLDER}"
            )
        counted = pd.MultiIndex.from_frame(hits.loc[hits["blocked_by"].isna(), UNIT])
        stay = ~pd.MultiIndex.from_frame(codes[UNIT]).isin(counted)
        return codes[~codes["category"].isin(categories) | stay]

    def _repaired(self) -> Loaded:
        """Return what the files hold, with decisions of the log that the lexicon lacks."""
        (lexicon, decisions, judgements), lacking = self._read()
        if len(lacking):
            try:
                lexicon = replay(lexicon, lacking)
                if not self.path.exists() and lexicon.id != lacking["lexicon"].iloc[-1]:
                    raise LexiconError(f"the log begins with another lexicon than {lexicon.name!r}")
            except LexiconError as fault:
                raise TableError(
                    f"{self._files['decisions'].name!r} and {self.path.name!r} in "
                    f"{str(self.path.parent)!r} do not belong together ({fault}); restore one of "
                    f"them from a copy, or {_OWN_FOLDER}"
                ) from None
            lexicon = self._write(lexicon, None)
        return lexicon, decisions, judgements

    def _read(self) -> tuple[Loaded, pd.DataFrame]:
        """Read the files, and tell which decisions of the log the lexicon lacks."""
        # The lexicon is written last: read first, it is never newer than the log.
        lexicon = self._read_lexicon()
        decisions = read_log(self._files["decisions"], "decisions")
        judgements = read_log(self._files["judgements"], "judgements")
        name = self._begun.name
        strange = ~decisions["lexicon"].str.startswith(f"{name}@").astype(bool)
        if strange.any() or (lexicon is None and len(decisions) and self._others()):
            raise TableError(
                f"{self._files['decisions'].name!r} in {str(self.path.parent)!r} holds decisions "
                f"on another lexicon than {self.path.name!r}; {_OWN_FOLDER}"
            )
        if lexicon is None:
            return (self._begun, decisions, judgements), decisions
        return (lexicon, decisions, judgements), decisions.iloc[_n_held(lexicon, decisions) :]

    def _others(self) -> list[Path]:
        folder = self.path.parent
        return [one for one in folder.glob("*") if one.suffix.lower() in _ENDINGS]

    def _read_lexicon(self) -> Lexicon | None:
        if not self.path.exists():
            return None
        try:
            content = self.path.read_bytes()
        except OSError as fault:
            raise TableError(f"{self.path.name!r} cannot be read: {fault.strerror}") from None
        lexicon = lexicon_of(content, self.path)
        if lexicon.loss_list:
            raise LexiconError(
                f"{self.path.name} is a dictionary of another program; load it with load_lexicon, "
                "and give the path of a new file"
            )
        if lexicon.name != self._begun.name or {*lexicon.category_names} != {
            *self._begun.category_names
        }:
            raise LexiconError(
                f"{self.path.name} holds the lexicon {lexicon.name!r} with "
                f"{', '.join(lexicon.category_names)}, not {self._begun.name!r} with "
                f"{', '.join(self._begun.category_names)}; give that lexicon, or the path of a new "
                "file in a folder of its own"
            )
        self._tell_of_comments(content)
        return lexicon

    def _tell_of_comments(self, content: bytes) -> None:
        line = None if self._told else comment_line(content.decode("utf-8", "replace"))
        self._told = True
        if line is not None:
            warnings.warn(
                f"{self.path.name} has comments (the first in line {line}), which the next "
                "decision leaves out; keep a copy, or write them as note: of their terms",
                LexiconWarning,
                stacklevel=2,
            )

    def _write(self, lexicon: Lexicon, decisions: pd.DataFrame | None) -> Lexicon:
        """Write the log, if it changed, and then the lexicon; return it as it is read back."""
        content = content_of(lexicon, self.path, "media-framing")[0]
        back = lexicon_of(content, self.path)
        # The lexicon waits beside its place, so that a full disk is told before the log is written.
        with written_whole(self.path, durable=True) as file:
            file.write(content)
            file.flush()
            if decisions is not None:
                with written_whole(self._files["decisions"], durable=True) as log:
                    write_for_spreadsheets(decisions, log)
        return back

    def _stamp_now(self) -> tuple[object, ...]:
        """Tell the files from what they were when they were read."""
        return tuple(map(_stamp_of, (self.path, *self._files.values())))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        folder = self.path.parent
        lock = FileLock(folder / _LOCK)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            raise TableError(
                f"another program has been writing to {str(folder)!r} for {_PATIENCE} s; wait for "
                "it, or end it"
            ) from None
        except OSError as fault:
            raise TableError(cannot_write(self.path, fault)) from None
        try:
            yield
        finally:
            lock.release()


def _n_held(lexicon: Lexicon, decisions: pd.DataFrame) -> int:
    """Count the decisions that a lexicon holds, by its version.

    A version that the log does not know was set by hand, in a file that holds all decisions.
    """
    versions = [version_in(own, lexicon.name) for own in decisions["lexicon"]]
    if lexicon.version in versions:
        return len(versions) - versions[::-1].index(lexicon.version)
    begun = (n for n, own in enumerate(versions) if own == f"{lexicon.version}.{n + 1}")
    return next(begun, len(versions))


def _stamp_of(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
