"""Boards for the proofs about them: a board that is started as a command, and what teams send to it."""

from __future__ import annotations

import base64
import contextlib
import functools
import hashlib
import http.client
import json
import re
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from dojo.core.environment import environment
from dojo.core.places import choose
from dojo.core.start import command
from dojo.learner import run_log
from dojo.learner.telling import understood
from dojo.team import board_plan
from dojo.team.board_log import LOG

KATAS = "1.4 2.2 3.3"
TEAMS = "red:R1,R2 blue:B1,B2 green gold:Y1"
ANSWER = b"def answer():\n    return 42\n"
SECONDS = 20.0  # in which a board answers


def needs_the_server() -> None:
    """Skip a module that serves where what the board needs is not installed."""
    pytest.importorskip("aiohttp", reason="aiohttp is not installed (.ci/board.txt): the board was not served")


@functools.cache
def path_of(kata: str) -> str:
    """The path of a kata on any side."""
    return choose(kata)[0].path


def message(team: str = "red", kata: str = "1.4", **more: Any) -> dict[str, Any]:
    """A run as a watch tells it: one red test of twelve, unless `more` says otherwise."""
    answer = more.pop("content", ANSWER)
    digest = hashlib.sha256(answer).hexdigest() if answer else ""
    line: dict[str, Any] = {
        "time": run_log.now(), "event": "run", "kata": path_of(kata), "mark": "red", "passed": 2, "total": 12,
        "first": "test_the_end_is_eof", "verdict": "failed", "digest": digest,
        "hints": 0, "missed": 0, "milliseconds": 12, "id": secrets.token_hex(16), "source": "0" * 16,
        "team": team, "age": 0.0, "answer": base64.b64encode(answer).decode(),
        "report": "wanted 1, got 2", "tape": "[]", "asks": False,
    }  # fmt: skip
    return line | more


def known(**more: Any) -> dict[str, Any]:
    """The same as the board has understood it."""
    return understood(json.dumps(message(**more)).encode())


@dataclass
class Served:
    """A board that is running."""

    process: subprocess.Popen[str]
    port: int
    code: str
    said: str = ""
    cookie: str = ""
    address: str = ""  # from which it is asked

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of one answer."""
        own = (self.address, 0) if self.address else None
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS, source_address=own)
        with contextlib.closing(connection):
            sent = {"Cookie": self.cookie} if self.cookie else {}
            connection.request(method, path, body or None, sent | headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()

    def enter(self, code: str | None = None) -> int:
        """Give the code, and keep the cookie."""
        status, headers, _ = self.ask("POST", "/enter", json.dumps({"code": code or self.code}).encode())
        if status == 200:
            self.cookie = headers["Set-Cookie"].partition(";")[0]
        return status

    def send(self, sent: dict[str, Any] | bytes) -> tuple[int, str]:
        """Send a message; the status, and the words of the board."""
        status, _, body = self.ask("POST", "/run", sent if isinstance(sent, bytes) else json.dumps(sent).encode())
        return status, body

    def view(self) -> dict[str, Any]:
        """What the page is told now."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        with contextlib.closing(connection):
            connection.request("GET", "/events", headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            assert answer.status == 200, answer.status
            found: dict[str, Any] = json.loads(answer.readline().removeprefix(b"data: "))
            return found

    def lights(self, team: str, kata: str) -> str:
        """The marks of a team's runs on a kata."""
        [row] = [row for row in self.view()["rows"] if row["team"] == team]
        return next(str(square["lights"]) for square in row["squares"] if square["kata"] == kata)

    def elsewhere(self, address: str) -> Served:
        """The same board, asked from another address of this machine."""
        return replace(self, address=address)

    def kill(self) -> None:
        """End it as kill -9 does."""
        self.process.kill()
        self.process.wait()

    def end(self) -> str:
        """End it with SIGTERM; what it says then."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=SECONDS)[0]


def asked(katas: str = KATAS, teams: str = TEAMS, **more: str) -> dict[str, str]:
    """The environment of `make board`."""
    return environment() | {"K": katas, "TEAMS": teams, "PORT": "0"} | more


def started(place: Path, **more: str) -> Served:
    """A board in a copy of the repository, serving, with nobody let in yet."""
    process = subprocess.Popen(
        command("dojo", "board", root=place), cwd=place, env=asked(**more), text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    while (line := process.stdout.readline()) and not line.startswith("http://"):
        said += line
    found = re.search(r"http://\S+:(\d+) .* code (\S+)$", line)
    assert found, said + line
    return Served(process, int(found[1]), found[2], line.strip())


@contextlib.contextmanager
def board(place: Path, **more: str) -> Iterator[Served]:
    """The same, with this process let in; it ends with the block."""
    served = started(place, **more)
    try:
        assert served.enter() == 200
        yield served
    finally:
        if served.process.poll() is None:
            served.process.kill()
        served.process.communicate()


def begun(place: Path, minutes: float) -> None:
    """A session that has begun so many minutes ago."""
    plan = board_plan.asked(KATAS, {"TEAMS": TEAMS}).plan(None)
    event = {"event": "plan", "at": time.time() - 60 * minutes, "code": "some-code", "key": secrets.token_hex(16)}
    log = place / ".dojo" / "session" / LOG
    log.parent.mkdir(parents=True)
    log.write_text(json.dumps(event | plan.to_json()))


def logged(place: Path) -> list[dict[str, Any]]:
    """The lines of the session's log."""
    text = (place / ".dojo" / "session" / ".log").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line]
