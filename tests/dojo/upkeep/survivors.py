"""The list of mutants that live: right answers as well, or known holes.

One file for each kata that has any, at tests/proof/survivors/<chapter>/<kata>.txt,
and an empty line between two entries:

    in EchoConnection._read
    - data = self._sock.recv(65536)
    + data = self._sock.recv(65537)
    One read may take any number of bytes: what it leaves is reported again.

An entry names the function, the line as it is and as the mutant has it, without their
indentation, and gives the reason. No line numbers: they change with every comment. Where
the mutant is wrong and no test can show it, the reason begins with "open:", and the mutant
counts as one that was not killed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dojo.core.places import PROOF, ROOT, Kata
from dojo.upkeep.mutate import Name


class Malformed(Exception):
    """An entry that is not one; its text says where and why."""


@dataclass(frozen=True)
class Entry:
    """One mutant that may live."""

    name: Name
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether this is a mistake that no test shows."""
        return self.reason.startswith("open:")


def file_of(kata: Kata) -> Path:
    """Where the survivors of a kata are listed; there need be no such file."""
    return (PROOF / "survivors" / kata.path).with_suffix(".txt")


def listed(kata: Kata) -> dict[Name, Entry]:
    """The entries for one kata. Raises Malformed for one that lacks something, or is there twice."""
    path = file_of(kata)
    entries: dict[Name, Entry] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n") if path.exists() else []:
        entry = _entry(block.strip("\n"))
        if entry is None or entry.name in entries:
            fault = "is there twice" if entry else "needs `in`, `-` and `+` lines and then the reason"
            raise Malformed(f"{path.relative_to(ROOT)}: this entry {fault}:\n{block}")
        entries[entry.name] = entry
    return entries


def _entry(block: str) -> Entry | None:
    where, *lines = block.split("\n")
    was = [line[2:] for line in lines if line.startswith("- ")]
    now = [line[2:] for line in lines if line.startswith("+ ")]
    reason = lines[len(was) + len(now) :]
    in_order = lines == [*(f"- {line}" for line in was), *(f"+ {line}" for line in now), *reason]
    if not (where.startswith("in ") and was and now and "".join(reason).strip() and in_order):
        return None
    return Entry((where[3:], tuple(was), tuple(now)), " ".join(reason))
