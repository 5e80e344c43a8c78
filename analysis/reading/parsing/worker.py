"""The process in which untrusted files are parsed: requests in, answers out, line by line.

It is started by `analysis.reading.sandbox`, and ends when its input does.
"""

import contextlib
import importlib
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import Any

from analysis.errors import first_line, own_fault
from analysis.reading.parsing import PARSERS
from analysis.reading.parsing.limits import LARGEST_FILE, LONGEST_TEXT, MEMORY, ParsingError

# Begins every answer, to tell it from what a library may print.
MARK = "\x1e"
_TOO_LARGE = {"fault": f"it needs more than {MEMORY // 1_000_000} MB of memory; split it"}
_ROOT = Path(__file__).resolve().parents[2]
# What no file can be blamed for where our own line raises it.
_MISTAKES = (ImportError, AttributeError, TypeError, NameError, AssertionError)


def _answer(suffix: str, location: str, before: dict[str, Any]) -> dict[str, Any]:
    try:
        parser, _ = _load(suffix)
    except ModuleNotFoundError as fault:
        package = str(fault.name).partition(".")[0]
        return {"missing": package} if util.find_spec(package) is None else _version(suffix, fault)
    except MemoryError:
        return _TOO_LARGE
    except Exception as fault:  # noqa: BLE001 - a library that cannot be loaded is no fault of the file
        return _version(suffix, fault)
    try:
        in_steps = PARSERS[suffix].in_steps
        parsed = parser(location, before) if in_steps else parser(_read(location))
        texts = parsed.get("paragraphs") or [one["text"] for one in parsed.get("articles", ())]
        if sum(map(len, texts)) > LONGEST_TEXT:
            raise ParsingError(f"it holds more than {LONGEST_TEXT:,} characters; split it")
    except ParsingError as fault:
        reason = str(fault)
        # What our own checks find is the file's fault; what a library says may be its own.
        if fault.__context__ is None:
            return {"fault": reason}
    except OSError as fault:
        return {"fault": f"the file cannot be opened: {fault.strerror}"}
    except MemoryError:
        return _TOO_LARGE
    except Exception as fault:  # noqa: BLE001 - libraries raise anything where a file is damaged
        size = f"{MEMORY // 1_000_000} MB of memory ({type(fault).__name__})"
        reason = f"it is damaged, or too large for {size}; save it again in a simpler form"
        if isinstance(fault, _MISTAKES) and _is_ours(fault):
            reason = own_fault(fault)
    else:
        return parsed
    # Where not even a sound file can be parsed, the library is to blame, or our use of it.
    return _trial(suffix) or {"fault": reason}


def _read(location: str) -> bytes:
    with open(location, "rb") as file:
        if os.fstat(file.fileno()).st_size > LARGEST_FILE:
            raise ParsingError(f"it has more than {LARGEST_FILE:,} bytes; split it")
        data = file.read()
    if not data:
        raise ParsingError("the file is empty; put an article in it or remove it")
    return data


def _load(suffix: str) -> tuple[Callable[..., dict[str, Any]], Callable[[], bytes]]:
    module = importlib.import_module(f"analysis.reading.parsing.{PARSERS[suffix].module}")
    return getattr(module, PARSERS[suffix].function), module.sound_file


@cache
def _trial(suffix: str) -> dict[str, Any] | None:
    parser, sound_file = _load(suffix)
    try:
        if PARSERS[suffix].in_steps:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, "sound")
                path.write_bytes(sound_file())
                parser(str(path), {})
        else:
            parser(sound_file())
    except MemoryError:
        return None
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is no fault of a file
        return _version(suffix, fault)
    return None


def _version(suffix: str, fault: Exception) -> dict[str, Any]:
    named = PARSERS[suffix]
    try:
        library = f"{named.library} {metadata.version(named.library)}"
    except metadata.PackageNotFoundError:
        library = named.library
    cause = fault.__context__ or fault
    told = f"{type(cause).__name__}: {first_line(cause)}"
    return {
        "fault": f"this is no fault of the file: {suffix} files cannot be read with {library} as "
        f'installed ({told}); run pip install --upgrade "media-framing[{named.extra}]"'
    }


def _is_ours(fault: Exception) -> bool:
    place = traceback.extract_tb(fault.__traceback__)[-1]
    return Path(place.filename).resolve().is_relative_to(_ROOT)


def _main() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        # Where the system cannot limit memory, the limit on time remains.
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What a library prints must not stand between the answers.
    os.dup2(2, 1)
    for line in sys.stdin:
        try:
            answer = json.dumps(_answer(*json.loads(line)))
        except MemoryError:
            answer = json.dumps(_TOO_LARGE)
        answers.write(f"{MARK}{answer}\n")
        answers.flush()


if __name__ == "__main__":
    _main()
