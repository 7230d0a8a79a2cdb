"""Send what waits in a directory to the board: a process of its own, which may wait for the network.

A byte on standard input says that there is more, its end that this process shall end. On
standard output it says in a line how it goes, an empty one if there is nothing to say.
A message is removed once the board has it on its disk; one that the board will never take is removed, too.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import select
import sys
from datetime import datetime, timezone
from pathlib import Path

ANSWER_SECONDS = 5.0  # seconds that the board may take for anything
LAST_SECONDS = 1.0  # the same, once the watch has ended
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0  # seconds before it is tried again
NEVER = (400, 413, 422)


def waiting(place: Path) -> list[Path]:
    """The messages that wait, oldest first."""
    return sorted(place.glob("[0-9]*.json"))


class Later(Exception):
    """It cannot be sent now; the text says why."""


class Sender:
    """The way to one board, and what it gave for the code."""

    def __init__(self, host: str, port: int, place: Path, code: str) -> None:
        """Nothing is sent yet."""
        self._host, self._port, self._place, self._code = host, port, place, code
        self._cookie = ""
        self.seconds = ANSWER_SECONDS
        self.refused = ""  # what the board said of the last message that it will never take

    def send(self) -> None:
        """Send everything that waits, oldest first. Raises Later, and then the rest waits on."""
        if not waiting(self._place):
            return
        shown = f"[{self._host}]" if ":" in self._host else self._host
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self.seconds)
        try:
            while found := waiting(self._place):
                for path in found:
                    self._one(connection, path)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Later(f"the board at {shown}:{self._port} cannot be reached ({_reason(error)})") from None
        finally:
            connection.close()

    def _one(self, connection: http.client.HTTPConnection, path: Path) -> None:
        body = _message(path)
        if body is not None:
            if not self._cookie:
                self._enter(connection)
            status, words, _ = self._ask(connection, "/run", body)
            if status == 401:  # the session is another one
                self._enter(connection)
                status, words, _ = self._ask(connection, "/run", body)
            if status in NEVER:
                self.refused = f"the board did not take a run: {words}"
            elif status != 200:
                raise Later(f"the board does not take it now: {words}")
            else:
                self.refused = ""
        path.unlink(missing_ok=True)

    def _enter(self, connection: http.client.HTTPConnection) -> None:
        status, words, cookie = self._ask(connection, "/enter", json.dumps({"code": self._code}).encode())
        if status != 200:
            raise Later(f"CODE={self._code}: {words}" if status == 403 else f"the board does not answer: {words}")
        self._cookie = cookie.partition(";")[0]

    def _ask(self, connection: http.client.HTTPConnection, path: str, body: bytes) -> tuple[int, str, str]:
        connection.request("POST", path, body, {"Content-Type": "application/json", "Cookie": self._cookie})
        answer = connection.getresponse()
        data = answer.read(1 << 14)
        words = ""
        with contextlib.suppress(ValueError, AttributeError, RecursionError):
            words = str(json.loads(data).get("error", ""))
        words = "".join(char if char.isprintable() else "?" for char in words)[:200]
        return answer.status, words or f"HTTP {answer.status}", answer.getheader("Set-Cookie", "")


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__


def _message(path: Path) -> bytes | None:
    """A message with its age; None for one that is gone, or that a crash has cut short."""
    try:
        found = json.loads(path.read_bytes())
        run = datetime.fromisoformat(found["time"])
        found["age"] = max(0.0, (datetime.now(timezone.utc) - run).total_seconds())
        return json.dumps(found).encode()
    except (OSError, ValueError, KeyError, TypeError):
        return None


def main(host: str, port: str, place: Path) -> None:
    """Send until standard input ends, and then for a moment what is left."""
    sender = Sender(host, int(port), place, os.environ.get("CODE", ""))
    pause, said, goes_on = 0.0, "", True
    while True:
        words = sender.refused
        try:
            sender.send()
            words, pause = sender.refused, 0.0
        except Later as error:
            number = len(waiting(place))
            words = f"{error}: {number} message{'s wait' if number != 1 else ' waits'}, and you go on"
            pause = min(LONGEST_PAUSE, 2 * pause or FIRST_PAUSE)
        if not goes_on:
            return
        if words != said:
            said = words
            with contextlib.suppress(OSError):
                os.write(1, f"{words}\n".encode())
        if select.select([0], [], [], pause or None)[0]:
            goes_on = bool(os.read(0, 1 << 12))
            sender.seconds = ANSWER_SECONDS if goes_on else LAST_SECONDS


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
