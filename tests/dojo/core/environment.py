"""Other processes, for benches and proofs: what they find in their environment, and what they have used."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def environment() -> dict[str, str]:
    """The environment as a learner's shell has it: without what pytest, make and these commands have put there.

    Nor is bytecode forbidden: hundreds of processes are started, and each would compile everything anew.
    """
    ours = ("PYTEST_", "MAKE", "MFLAGS", "DOJO_")
    named = ("K", "SIDE", "PORT", "TO", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours) and name not in named}


def processor_time(pid: int) -> float:
    """Seconds that a process has run so far: schedstat (proc(5)), or ps(1) where there is none."""
    tasks = Path(f"/proc/{pid}/task")
    if tasks.exists():
        return sum(int(task.read_text().split()[0]) for task in tasks.glob("*/schedstat")) / 1e9
    shown = subprocess.run(["ps", "-o", "time=", "-p", str(pid)], capture_output=True, text=True).stdout
    minutes, seconds = shown.strip().split(":")[-2:]
    return 60 * int(minutes) + float(seconds)


def resident(pid: int) -> int:
    """Bytes of memory that a process holds: VmRSS (proc(5)), or ps(1) where there is none."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024
    return 1024 * int(subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True).stdout)
