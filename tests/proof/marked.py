"""Processes that bear a mark in their environment, and whether they end: the machine may be slow to end them."""

from __future__ import annotations

import os
from pathlib import Path

LOOKS = 200  # so often in a row the same ones are found asleep: nothing is on its way that will end them


def processes(mark: str) -> dict[int, str]:
    """Every process that has the mark in its environment, and what the kernel says of it (proc_pid_stat(5))."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark.encode() in entry.joinpath("environ").read_bytes():
                found[int(entry.name)] = entry.joinpath("stat").read_text()[:60]
        except OSError:
            continue
    return found


def left(mark: str) -> dict[int, str]:
    """Those that stay, once no other one is about to end.

    Who was killed, or has seen an end for which it waits, wants to run and does not
    sleep, however long it does not get to it: no time says when it should be gone.
    """
    before: dict[int, str] = {}
    looks = 0
    while (now := processes(mark)) and looks < LOOKS:
        asleep = all(stat.rpartition(")")[2].split()[0] == "S" for stat in now.values())
        looks = looks + 1 if asleep and now.keys() == before.keys() else 0
        before = now
        os.sched_yield()
    return now
