"""Commands as a learner gives them in a copy of the repository, for the proofs about them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from dojo.core.start import command as started_by

KATA = "2_nonblocking/01_accept_would_block.py"
WRONG = "def accept_pending(listener):\n    return [42]\n"


def make(place: Path, command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`make command` without make itself, which only adds a line of its own."""
    ours = ("PYTEST_", "MAKE", "MFLAGS", "DOJO", "K", "SIDE", "SPOILER", "MERGE")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return subprocess.run(
        started_by("dojo", command, root=place),
        cwd=place,
        env=kept | more,
        capture_output=True,
        text=True,
        timeout=120,
    )
