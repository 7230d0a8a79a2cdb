"""Start a process of the engine: by the path of this file, so that no file of a learner's stands in for Python's own.

Started with -m or -c, Python looks into the current directory first, and a socket.py
there is what every `import socket` finds. Started by a path, it looks into the script's
directory first; below, tests/ takes that place. (-P does the same, from Python 3.11 on.)
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve()
ROOT = HERE.parents[3]


def command(module: str, *arguments: str, root: Path = ROOT, python: Path | str = sys.executable) -> list[str]:
    """The command line that runs `module` as `python -m` would: dojo, a part of it, or what is installed.

    `root` is the repository whose engine is meant, `python` the interpreter.
    """
    return [str(python), str(root / HERE.relative_to(ROOT)), module, *arguments]


def _complete_streams() -> None:
    """Let 0 and 2 be open, or the next file would get such a number; without 1 there is no place to answer."""
    for number in (1, 0, 2):
        try:
            os.fstat(number)
        except OSError:
            if number == 1:
                sys.exit("standard output is closed, and there is no place for what would be said")
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            if number == 0:
                sys.stdin = open(0, closefd=False)


if __name__ == "__main__":
    _complete_streams()
    sys.path[:] = [str(ROOT / "tests"), *(place for place in sys.path if Path(place) != HERE.parent)]
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
