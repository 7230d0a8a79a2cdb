"""A course in a directory, for the proofs of the trainer's commands: who has handed in what, and a command on it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from dojo.core.environment import environment
from dojo.core.places import PROOF, ROOT, choose
from dojo.core.start import command

FIRST, SECOND = (kata.path for kata in choose("2.1 2.2"))
WRONG = PROOF / "mistakes" / "2_nonblocking" / "01_accept_would_block" / "one_accept_a_call.py"
HANGS = "def accept_pending(listener):\n    listener.setblocking(True)\n    return [listener.accept()]\n"


def trained(name: str, place: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A command on the sides in a place, which writes into the directory `out` beside it."""
    asked = {"SIDES": str(place), "OUT": f"{place}-out", "K": "2.1 2.2", "ROOT": "yes"} | more
    return subprocess.run(
        command("dojo", name), cwd=ROOT, env=environment() | asked, capture_output=True, text=True, timeout=300
    )


def hand_in(place: Path, team: str, text: bytes | str | Path, kata: str = FIRST) -> Path:
    answer = place / team / kata
    answer.parent.mkdir(parents=True, exist_ok=True)
    data = text.read_bytes() if isinstance(text, Path) else text.encode() if isinstance(text, str) else text
    answer.write_bytes(data)
    return answer


def solution(kata: str = FIRST) -> Path:
    return ROOT / "solutions" / kata


def refused(ran: subprocess.CompletedProcess[str], words: str) -> None:
    assert ran.returncode == 2, ran.stdout
    assert ran.stderr.count("\n") == 1, ran.stderr
    assert words in ran.stderr
    assert "\x1b" not in ran.stderr
