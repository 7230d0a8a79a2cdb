"""A team's watch and the board of its dojo: each run becomes a file to send, and who sends it is another process.

The watch writes a file and one byte into a pipe, and never waits for a network. The process that
sends (sender.py) tells by the same way how far it is. What was not sent stays on the disk, and the
next watch sends it.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import secrets
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dojo.core import records
from dojo.core.places import ROOT, BadInput, Kata, find_side
from dojo.core.screen import Screen
from dojo.core.start import command
from dojo.learner import run_log, telling
from dojo.report import failure, progress
from dojo.sandbox.verdict import Verdict
from dojo.watch.sender import waiting

UNSENT = "unsent"  # a directory of files beside the log
KEPT = 1000  # messages that wait at most; then the oldest give way
END_SECONDS = 0.5  # seconds that the end of a watch may take for what is on its way
HOST = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^\s:/\[\]]+):([0-9]{1,5})")
HELP_KEY = "? help"


def side_of(said: Mapping[str, str], side: str) -> str:
    """The side of TEAM=: teams/TEAM where there is one, and else the side that is meant without it."""
    team = said.get("TEAM", "")
    own = f"teams/{team}"
    if team and not telling.is_name(team):
        raise BadInput(f"TEAM={team} is no name of a team: letters, digits, - and _")
    return own if team and not said.get("SIDE") and side == "katas" and (ROOT / own).is_dir() else side


def link(said: Mapping[str, str], side: str) -> Link | None:
    """What TEAM=, BOARD= and CODE= ask for; None where there is no BOARD=. Raises BadInput."""
    board, team, code = (said.get(name, "") for name in ("BOARD", "TEAM", "CODE"))
    if not board:
        if code:
            raise BadInput("CODE= takes the place of a board: BOARD=host:port, as the board shows it")
        return None
    where = HOST.fullmatch(board)
    if where is None or not 0 < int(where[2]) < 65536:
        raise BadInput(f"BOARD={board} is not the place of a board: write BOARD=host:port, as the board shows it")
    if not team:
        raise BadInput("BOARD= takes a team: TEAM=red, as the board calls it")
    if not code:
        raise BadInput("BOARD= takes the code that the board shows: CODE=…")
    return Link(side, team, where[1].strip("[]"), int(where[2]), code)


@contextlib.contextmanager
def started(link: Link | None) -> Iterator[list[int]]:
    """What the process that sends tells by, and the pipe to it; nothing where there is no board."""
    try:
        yield link.start() if link else []
    finally:
        if link:
            link.close()


class Link:
    """The way to the board; nothing of it raises where a disk or a network fails."""

    def __init__(self, side: str, team: str, host: str, port: int, code: str) -> None:
        """Nothing is started yet."""
        self.side, self.team, self.asks = side, team, False
        self._source = secrets.token_hex(8)
        self.words = ""  # what there is to say of the way
        self._where, self._code = (host, str(port)), code
        self._place = records.HOME / "sides" / records.key_of(find_side(side)) / UNSENT
        self._process: subprocess.Popen[bytes] | None = None
        self._heard = b""

    def start(self) -> list[int]:
        """Start the process that sends; its two pipes, which what is forked shall not have."""
        with contextlib.suppress(OSError):
            records.made(find_side(self.side))
            self._place.mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            command("dojo.watch.sender", *self._where, str(self._place)),
            env=os.environ | {"CODE": self._code},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is the watch's
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        return [self._process.stdout.fileno(), self._process.stdin.fileno()]

    def hear(self) -> bool:
        """Take what the process that sends has to say; False once it has ended."""
        assert self._process is not None and self._process.stdout is not None
        data = os.read(self._process.stdout.fileno(), 1 << 14)
        *lines, self._heard = (self._heard + data).split(b"\n")
        if lines:
            self.words = lines[-1].decode("utf-8", "replace")
        if not data:
            self.words = "nothing is sent to the board any more (the process that sends has ended)"
        return bool(data)

    def close(self) -> None:
        """Let it send what is on its way, for a moment; the rest stays for the next watch."""
        if self._process is not None:
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(END_SECONDS)
            self._process.stdout.close()

    def run(self, line: Mapping[str, Any], answer: bytes | None, verdicts: Sequence[Verdict]) -> None:
        """Send a run, or that a kata was opened: a line of the run log, the answer, and the first red test."""
        report = tape = ""
        if red := next((verdict for verdict in verdicts if verdict.kind.red), None):
            report = Screen.plain().spell("\n".join(failure.render(red, Screen.plain(), side="")))
            tape = json.dumps([call.to_json() for call in red.tape])
        data = (answer or b"") if len(answer or b"") <= telling.ANSWER else b""
        self._send(
            {
                **line,
                "digest": line["digest"] if data else "",
                "answer": base64.b64encode(data).decode(),
                "report": report[: telling.REPORT],
                "tape": tape if len(tape) <= telling.TAPE else "",
            }
        )

    def ask(self, kata: Kata) -> None:
        """Ask for help, or take that back."""
        self.asks = not self.asks
        line = {name: kind() for name, kind in run_log.FIELDS.items()}
        line |= {"time": run_log.now(), "event": telling.HELP, "kata": kata.path, "mark": progress.UNTOUCHED}
        self._send({**line, "answer": "", "report": "", "tape": ""})

    @property
    def remark(self) -> str:
        """What there is to say in one line; empty if there is nothing."""
        asks = "you have asked for help: ? takes that back" if self.asks else ""
        return "; ".join(filter(None, (self.words, asks)))

    def _send(self, message: dict[str, Any]) -> None:
        message |= {"id": secrets.token_hex(16), "source": self._source, "team": self.team, "asks": self.asks, "age": 0}
        name = f"{time.time_ns():020}-{message['id'][:8]}.json"
        part = self._place / f".{name}.part"
        with contextlib.suppress(OSError):
            part.write_text(json.dumps(message), encoding="utf-8")
            part.rename(self._place / name)
            for old in waiting(self._place)[:-KEPT]:
                old.unlink(missing_ok=True)
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):  # full: it has enough to wake for
                os.write(self._process.stdin.fileno(), b".")
