"""What a process that is started finds in its environment."""

from __future__ import annotations

import os


def environment() -> dict[str, str]:
    """The environment as a learner's shell has it: without what pytest, make and these commands have put there.

    Nor is bytecode forbidden: hundreds of processes are started, and each would compile everything anew.
    """
    ours = ("PYTEST_", "MAKE", "MFLAGS", "DOJO_")
    named = ("K", "SIDE", "PORT", "TO", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours) and name not in named}
