"""What other processes have used, for benches and proofs."""

from __future__ import annotations

import subprocess
from pathlib import Path


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
