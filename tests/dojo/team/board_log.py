"""The session's directory: a log that is only added to, and the answers as a directory of sides.

    .dojo/session/.log                          every event, a line of JSON each
    .dojo/session/<team>/<chapter>/<kata>.py    the newest answer

What is told to somebody is on the disk before: the log is synced (fsync(2)), then come the answers. All
else is made from the log: a board that was killed between the two has it whole when it is started again.
A line begins with the newline that ends what a crash or a full disk has cut short.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dojo.core import files, records
from dojo.core.places import ROOT, BadInput, shown
from dojo.learner import run_log
from dojo.learner.telling import HELP, answer_of
from dojo.team.board_state import PLAN, Session, applied, begun

PLACE = ROOT / ".dojo" / "session"
LOG = ".log"
FULL = 1 << 29  # bytes; a session of 200 people and 90 minutes has written a fiftieth of it

Event = Mapping[str, Any]


class Store:
    """The log of one session, which this process alone writes."""

    def __init__(self, place: Path = PLACE) -> None:
        """Open it, and make it if need be. Raises BadInput."""
        self.place = place
        try:
            place.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK
            self._file = os.open(place / LOG, flags, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput(
                f"another board shows {shown(place)}: Ctrl-C leaves that one, and this one can go on with it"
            ) from None
        except OSError as error:
            raise BadInput(f"{shown(place)} cannot be written: {error.strerror}") from None
        self.session: Session | None = None
        self.secrets: dict[str, str] = {}  # the code, and the key of what is given for it
        self.where: tuple[str, int | None] = ("", None)  # the address and the port on which it was served last
        self.known: set[str] = set()  # the messages that count already
        self.latest: dict[str, float] = {}  # of each watch, when its last run was
        self._size = os.fstat(self._file).st_size
        self._stored: dict[tuple[str, str], float] = {}  # when the answer that is stored was run

    def replay(self) -> None:
        """Have the state again, and what else is made from the log. Raises BadInput where that cannot be written."""
        answers: dict[tuple[str, str], Event] = {}
        runs: dict[str, list[Event]] = {}
        for event in self._events():
            twice = event.get("id") in self.known
            try:
                self._apply(event)
            except (KeyError, TypeError, ValueError):
                continue
            if "team" in event and not twice:
                runs.setdefault(event["team"], []).append(event)
                self._newest(answers, event)
        try:
            for answer in answers.values():
                self._keep(answer)
            for team, events in runs.items():
                self._complete_run_log(team, events)
        except OSError as error:
            raise BadInput(f"{shown(error.filename or self.place)} cannot be written: {error.strerror}") from None

    def add(self, events: Sequence[Event]) -> None:
        """Have events on the disk, one after the other, and then in the state. Raises OSError; then none counts."""
        data = "".join(f"\n{json.dumps(event)}" for event in events).encode()
        if self._size + len(data) > FULL:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT), str(self.place / LOG))
        written = os.write(self._file, data)
        self._size += written
        if written < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.place / LOG))
        os.fsync(self._file)
        answers: dict[tuple[str, str], Event] = {}
        for event in events:
            self._apply(event)
            if "team" in event:
                self._newest(answers, event)
                if event["event"] != HELP:
                    run_log.add(self.place / event["team"], _line(event))
        for answer in answers.values():
            with contextlib.suppress(OSError):  # it is in the log, from which the next start makes it
                self._keep(answer)

    def close(self) -> None:
        """Let another board have it."""
        os.close(self._file)

    def _apply(self, event: Event) -> None:
        if self.session is None:
            self.session = begun(event)
        elif event["event"] == PLAN or event.get("id") not in self.known:
            self.session = applied(self.session, event)
        if event["event"] == PLAN:
            self.secrets = {"code": str(event["code"]), "key": str(event["key"])}
            self.where = str(event.get("host", "")), event.get("port")
        if "id" in event:
            self.known.add(event["id"])
            self.latest[event["source"]] = event["at"]

    def _events(self) -> Iterator[dict[str, Any]]:
        with open(self.place / LOG, "rb") as log:
            for line in log:
                with contextlib.suppress(ValueError, RecursionError):
                    event = json.loads(line)
                    if isinstance(event, dict):
                        yield event

    def _newest(self, answers: dict[tuple[str, str], Event], event: Event) -> None:
        where = event["team"], event["kata"]
        if event["answer"] and event["at"] >= self._stored.get(where, 0.0):
            self._stored[where], answers[where] = event["at"], event

    def _keep(self, event: Event) -> None:
        path, data = self.place / event["team"] / event["kata"], answer_of(event)
        with contextlib.suppress(BadInput):
            if files.read(path) == data:
                return
        files.write_whole(path, data)

    def _complete_run_log(self, team: str, events: list[Event]) -> None:
        """What `make retro` reads of this side; a kill may have come between two lines of it."""
        (self.place / team).mkdir(exist_ok=True)
        lines = [_line(event) for event in events if event["event"] != HELP]
        if lines != [*run_log.lines(self.place / team)]:
            text = "".join(f"\n{json.dumps(line)}" for line in lines)
            records.made(self.place / team)
            files.write_whole(run_log.path_of(self.place / team), text.encode())


def _line(event: Event) -> dict[str, Any]:
    """A run as the log of a side has it."""
    return {name: event[name] for name in run_log.FIELDS}
