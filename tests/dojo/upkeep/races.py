"""`make races`: reset, undo, a save and kill -9 beside each other, and a look whether anything was lost.

Each round is played in a directory of its own making, with texts that no other round
has. What counts as lost: a text that was whole before, or was saved whole meanwhile,
and stands in no file afterwards, or that undo no longer brings back whole.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from dojo.core import files, records
from dojo.core.places import BadInput, Kata, all_katas
from dojo.learner import kept_work

ANSWER_BYTES = 400  # lines of an answer: long enough to be cut
Action = Callable[[], object]


class Ground:
    """A side with one kata, and its records, that nothing but a race touches."""

    def __init__(self, place: Path) -> None:
        """Lay it out."""
        self.kata: Kata = all_katas()[0]
        self.side = str(place / "side")
        self.home = place / ".dojo"
        self.answer = Path(self.side) / self.kata.path
        self.answer.parent.mkdir(parents=True)
        self._texts = 0

    def text(self) -> bytes:
        """An answer that there has not been yet."""
        self._texts += 1
        return f"answer = {self._texts}\n".encode() * ANSWER_BYTES

    def reset(self) -> None:
        """`make reset`, whatever comes of it."""
        with contextlib.suppress(BadInput):
            kept_work.reset(self.kata, self.side)

    def undo(self) -> None:
        """`make undo`, whatever comes of it."""
        with contextlib.suppress(BadInput):
            kept_work.undo(self.kata, self.side)

    def lost(self, *texts: bytes) -> int:
        """How many of these texts stand in no file, or are not brought back by undo."""
        held = [path.read_bytes() for place in (self.home, Path(self.side)) for path in _regular(place)]
        back = [self.answer.read_bytes()] if self.answer.exists() else []
        for _ in range(len(texts) + 2):
            self.undo()
            back.append(self.answer.read_bytes())
        return sum(text not in held or text not in back for text in texts)


def _regular(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def reset_beside_undo(ground: Ground) -> int:
    """One terminal resets, another one takes back."""
    earlier, now = ground.text(), ground.text()
    ground.answer.write_bytes(earlier)
    ground.reset()
    ground.answer.write_bytes(now)
    _together(ground.reset, ground.undo)
    return ground.lost(earlier, now)


def save_in_place_beside_reset(ground: Ground) -> int:
    """An editor cuts the file and writes it anew."""
    return _save_beside_reset(ground, _in_place)


def save_by_rename_beside_reset(ground: Ground) -> int:
    """An editor writes a new file and renames it."""
    return _save_beside_reset(ground, _by_rename)


def save_beside_reset_without_exchange(ground: Ground) -> int:
    """Both kinds of save, where two files cannot be exchanged in one step."""
    with mock.patch.object(files, "exchange", lambda one, other: False):
        return _save_beside_reset(ground, random.choice((_in_place, _by_rename)))


def reset_is_killed(ground: Ground) -> int:
    """A reset is ended by kill -9 at some moment, and undo afterwards."""
    now = ground.text()
    ground.answer.write_bytes(now)
    _killed(ground.reset)
    return ground.lost(now)


def undo_is_killed(ground: Ground) -> int:
    """An undo is ended by kill -9 at some moment; what it replaces is an answer as well."""
    earlier, now = ground.text(), ground.text()
    ground.answer.write_bytes(earlier)
    ground.reset()
    ground.answer.write_bytes(now)
    _killed(ground.undo)
    return ground.lost(earlier, now)


def reset_is_killed_beside_undo(ground: Ground) -> int:
    """A reset is ended by kill -9 at some moment while another terminal takes back."""
    earlier, now = ground.text(), ground.text()
    ground.answer.write_bytes(earlier)
    ground.reset()
    ground.answer.write_bytes(now)
    other = _started(ground.undo)
    _killed(ground.reset)
    os.waitpid(other, 0)
    return ground.lost(earlier, now)


def reset_is_killed_beside_a_save(ground: Ground) -> int:
    """A reset is ended by kill -9 at some moment while an editor saves."""
    ground.answer.write_bytes(ground.text())
    saved, save = ground.text(), random.choice((_in_place, _by_rename))
    other = _started(lambda: save(ground.answer, saved))
    _killed(ground.reset)
    os.waitpid(other, 0)
    return ground.lost(saved)


RACES = (
    reset_beside_undo,
    save_in_place_beside_reset,
    save_by_rename_beside_reset,
    save_beside_reset_without_exchange,
    reset_is_killed,
    undo_is_killed,
    reset_is_killed_beside_undo,
    reset_is_killed_beside_a_save,
)


def run(wanted: str, side: str) -> int:
    """Play every race ROUNDS= times; 0 if nothing was lost, 1 otherwise. Raises BadInput for what is no number."""
    rounds = os.environ.get("ROUNDS") or "1000"
    if not rounds.isdigit() or not int(rounds):
        raise BadInput(f"ROUNDS={rounds} is not a number of rounds: it is 1 or more")
    total = 0
    for race, lost in play(int(rounds)):
        print(f"{race.replace('_', ' '):<38}{int(rounds):>6} rounds, lost in {lost or 'none'}", flush=True)
        total += lost
    print(f"lost in {total} rounds" if total else "nothing was lost")
    return 1 if total else 0


def play(rounds: int) -> Iterator[tuple[str, int]]:
    """Every race's name, and in how many of its rounds something was lost."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # thousands of rounds that sync would take an hour
    with tempfile.TemporaryDirectory(dir=memory) as place, mock.patch.object(records, "HOME", Path(place) / ".dojo"):
        for race in RACES:
            lost = 0
            for number in range(rounds):
                spot = Path(place) / f"{race.__name__}-{number}"
                records.HOME = spot / ".dojo"
                lost += race(Ground(spot)) > 0
            yield race.__name__, lost


def _save_beside_reset(ground: Ground, save: Callable[[Path, bytes], None]) -> int:
    ground.answer.write_bytes(ground.text())
    saved = ground.text()
    _together(ground.reset, lambda: save(ground.answer, saved))
    return ground.lost(saved)


def _in_place(path: Path, text: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        for line in text.splitlines(keepends=True):  # so that a reset can come between
            file.write(line)


def _by_rename(path: Path, text: bytes) -> None:
    new = path.with_name("saved.tmp")
    new.write_bytes(text)
    new.rename(path)


def _started(action: Action) -> int:
    """Do something in a process of its own, which need not be waited for at once."""
    process = os.fork()
    if process:
        return process
    try:
        action()
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def _together(*actions: Action) -> None:
    for process in [_started(action) for action in random.sample(actions, len(actions))]:
        os.waitpid(process, 0)


def _killed(action: Action) -> None:
    """Do something in a process that is killed at a moment which nobody chose."""
    process = _started(action)
    # The moment has to lie anywhere in what takes some milliseconds; too late is a round without a kill.
    until = time.perf_counter() + random.random() ** 2 * 0.02
    while time.perf_counter() < until:
        pass
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
