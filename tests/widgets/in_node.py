"""Run what a page in JupyterLab is made of in node, without a browser."""

import json
import shutil
import subprocess
from typing import Any

import pytest


def run_in_node(source: str, expression: str, given: Any = None, *, before: str = "") -> Any:
    """Return the value of an expression that sees the functions of a page and ``given``."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node here; pages are tested in the browser alone")
    program = [
        source,
        f"const given = {json.dumps(given)};",
        before,
        f"process.stdout.write(JSON.stringify({expression}));",
    ]
    answer = subprocess.run(
        [node, "--input-type=module", "-"],
        input="\n".join(program),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(answer.stdout)
