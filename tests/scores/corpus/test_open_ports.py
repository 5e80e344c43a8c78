"""Nobody but a run itself can speak to its workers: no other user, and no one without its key."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import psutil
import pytest
from distributed import LocalCluster

import analysis as fa
from tests.scores.corpus.conftest import LEXICON, SMALL, write_corpus

NOBODY = 65534
# Knocks at ports in each way there is, once for each user, and tells who answered what. The users
# are forks of one process that has imported all: another one may not read the environment here.
KNOCK = """
import asyncio, json, os, sys, urllib.request
from http.client import HTTPException
from urllib.error import HTTPError
from distributed import Client, rpc
from distributed.security import Security

users, ports, scheduler = json.loads(sys.argv[1])
os.chdir("/")
told = {"answers": []}
keys = {"tcp": Security(), "tls": Security.temporary()}

async def ask(way, port):
    try:
        arguments = keys[way].get_connection_args("client")
        address = f"{way}://127.0.0.1:{port}"
        async with rpc(address, connection_args=arguments, timeout=1) as server:
            answer = await asyncio.wait_for(server.identity(), 3)
            told["answers"].append([way, port, answer["type"]])
    except (OSError, ValueError, asyncio.TimeoutError):
        pass

async def ask_all():
    await asyncio.gather(*(ask(way, port) for way in keys for port in ports))

def knock(user):
    if user is not None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    told["user"] = os.getuid()
    asyncio.run(ask_all())
    for way, security in keys.items():
        try:
            with Client(f"{way}://127.0.0.1:{scheduler}", security=security, timeout=1) as client:
                told["answers"].append([way, scheduler, client.run_on_scheduler(os.getpid)])
        except (OSError, ValueError):
            pass
    for port in ports:
        for page in ("", "status", "info/main/workers.html", "json/counts.json", "metrics"):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=5):
                    told["answers"].append(["http", port, page])
            except HTTPError:
                pass
            except (OSError, ValueError, HTTPException):
                break
    print(json.dumps(told), flush=True)

if __name__ == "__main__":
    for user in users:
        process = os.fork()
        if process == 0:
            knock(user)
            os._exit(0)
        status = os.waitpid(process, 0)[1]
        if status:
            sys.exit(f"knocking as {user} ended with {status}")
"""


def knock(ports: list[int], address: str) -> dict[str, Any]:
    """Return what each user was answered."""
    users = [None, NOBODY] if os.getuid() == 0 else [None]
    scheduler = int(address.rpartition(":")[2])
    run = subprocess.run(
        [sys.executable, "-c", KNOCK, json.dumps([users, ports, scheduler])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return dict(zip(map(str, users), map(json.loads, run.stdout.splitlines()), strict=True))


def open_ports() -> dict[int, str]:
    """Return the ports on which this process and those that it started listen, and where."""
    processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
    return {
        one.laddr.port: one.laddr.ip
        for process in processes
        for one in process.net_connections("inet")
        if one.status == psutil.CONN_LISTEN
    }


USERS = [
    pytest.param(None, id="this user"),
    pytest.param(
        NOBODY,
        id="another user",
        marks=pytest.mark.skipif(
            hasattr(os, "getuid") and os.getuid() != 0, reason="only root becomes another user"
        ),
    ),
]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each user is a fork")


@pytest.fixture(scope="module")
def knocked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a run on this machine answers those who are not part of it."""
    import analysis.scores.corpus.run as module

    folder = tmp_path_factory.mktemp("ports")
    (folder / "scratch").mkdir()
    before = open_ports()
    seen: dict[str, Any] = {}
    inner = module._score_all

    def while_it_runs(client: Any, *given: Any) -> Iterator[Any]:
        ports = {port: at for port, at in open_ports().items() if port not in before}
        workers = client.scheduler_info()["workers"]
        seen["ports"] = ports
        seen["folders"] = [Path(one["local_directory"]) for one in workers.values()]
        seen["private"] = [
            (path, stat.S_IMODE(path.stat().st_mode)) for path in (folder / "scratch").iterdir()
        ]
        seen.update(knock(list(ports), client.scheduler.address))
        yield from inner(client, *given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_score_all", while_it_runs)
        with dask.config.set(temporary_directory=str(folder / "scratch")):
            seen["summary"] = fa.score_corpus(
                write_corpus(folder / "news"), folder / "out", LEXICON, workers=1, **SMALL
            ).iloc[0]
    seen["left"] = list((folder / "scratch").iterdir())
    return seen


@pytest.mark.parametrize("user", USERS)
def test_no_port_of_a_run_answers_anyone_else(knocked: dict[str, Any], user: int | None) -> None:
    assert knocked["summary"]["n_scored"] == 120
    # A scheduler, a nanny and a worker; two of them could show pages in a browser.
    assert len(knocked["ports"]) >= 3
    assert set(knocked["ports"].values()) == {"127.0.0.1"}
    told = knocked[str(user)]
    assert told["user"] == (os.getuid() if user is None else user)
    assert told["answers"] == []


def test_workers_of_a_run_import_from_folders_that_no_one_else_can_write_to(
    knocked: dict[str, Any],
) -> None:
    ((private, mode),) = knocked["private"]
    assert mode == 0o700
    assert len(knocked["folders"]) == 1
    assert all(path.is_relative_to(private) for path in knocked["folders"])
    assert knocked["left"] == []


@pytest.fixture(scope="module")
def open_scheduler() -> tuple[int, dict[str, Any]]:
    """The port of a cluster without TLS, and what it answers."""
    before = open_ports()
    with LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", silence_logs=50) as cluster:
        ports = [port for port in open_ports() if port not in before]
        told = knock(ports, cluster.scheduler_address)
    return int(cluster.scheduler_address.rpartition(":")[2]), told


@pytest.mark.parametrize("user", USERS)
def test_an_open_scheduler_would_answer_whoever_knocks(
    open_scheduler: tuple[int, dict[str, Any]], user: int | None
) -> None:
    """As a cluster of one's own does without TLS; the tests above would see it."""
    own, answers = open_scheduler
    told = answers[str(user)]
    assert told["user"] == (os.getuid() if user is None else user)
    assert ["tcp", own, "Scheduler"] in told["answers"]
    assert ["tcp", own, os.getpid()] in told["answers"]
    assert {way for way, _, _ in told["answers"]} == {"tcp", "http"}
