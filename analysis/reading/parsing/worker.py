"""The process in which untrusted files are parsed: requests in, answers out, line by line.

It is started by `analysis.reading.sandbox`, and ends when its input does.
"""

import contextlib
import importlib
import json
import os
import sys
from typing import Any

from analysis.reading.parsing import PARSERS
from analysis.reading.parsing.limits import LARGEST_FILE, LONGEST_TEXT, MEMORY, ParsingError

# Begins every answer, to tell it from what a library may print.
MARK = "\x1e"


def _answer(suffix: str, location: str) -> dict[str, Any]:
    """Parse one file."""
    named = PARSERS[suffix]
    try:
        module = importlib.import_module(f"analysis.reading.parsing.{named.module}")
        parser = getattr(module, named.function)
    except ModuleNotFoundError as fault:
        return {"missing": fault.name}
    try:
        with open(location, "rb") as file:
            if os.fstat(file.fileno()).st_size > LARGEST_FILE:
                raise ParsingError(f"it has more than {LARGEST_FILE:,} bytes; split it")
            data = file.read()
        if not data:
            raise ParsingError("the file is empty; put an article in it or remove it")
        parsed: dict[str, Any] = parser(data)
        if sum(map(len, parsed.get("paragraphs", ()))) > LONGEST_TEXT:
            raise ParsingError(f"it holds more than {LONGEST_TEXT:,} characters; split it")
    except ParsingError as fault:
        return {"fault": str(fault)}
    except OSError as fault:
        return {"fault": f"the file cannot be opened: {fault.strerror}"}
    except MemoryError:
        return {"fault": f"it needs more than {MEMORY // 1_000_000} MB of memory; split it"}
    except Exception as fault:  # noqa: BLE001 - any fault of a library is a fault of this file only
        size = f"{MEMORY // 1_000_000} MB of memory ({type(fault).__name__})"
        reason = f"it is damaged, or too large for {size}; save it again in a simpler form"
        return {"fault": reason}
    return parsed


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
        answers.write(f"{MARK}{json.dumps(_answer(*json.loads(line)))}\n")
        answers.flush()


if __name__ == "__main__":
    _main()
