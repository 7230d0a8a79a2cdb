"""What a test's process gets in place of what it has inherited: streams, descriptors, signals, a session of its own."""

from __future__ import annotations

import faulthandler
import io
import os
import resource
import signal
import sys
import threading
import warnings

from dojo.core import processes
from dojo.sandbox.findings import describe

OUTPUT_LIMIT = 64 * 1024  # characters that a test may print; the rest is counted


class Output(io.TextIOWrapper):
    """Standard output of a test: line by line, up to a limit, and never an encoding error."""

    left = OUTPUT_LIMIT

    def write(self, text: str) -> int:
        """Print, unless the limit is reached."""
        if self.left > 0:
            self.left -= len(text)
            super().write(text)
        return len(text)


def replace(output: int, stacks: int, waits: int) -> None:
    """Replace it; the descriptors `output` and `stacks` are written to, and something comes from `waits`."""
    faulthandler.disable()  # pytest's own would write to the real terminal
    os.setsid()
    processes.die_with_parent()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    # What else this process has inherited is the engine's, pytest's and the shell's: no test gets it.
    processes.close_others(stacks, waits)
    # pytest's logging plugin has a file open, if it is there: a message of asyncio's would be written to whatever
    # socket gets that number now.
    if "logging" in sys.modules:
        sys.modules["logging"].getLogger().handlers.clear()
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))  # leave no file
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    for name, fd in (("stdout", 1), ("stderr", 2)):
        raw = open(fd, "wb", buffering=0, closefd=False)
        setattr(sys, name, Output(raw, encoding="utf-8", errors="backslashreplace", line_buffering=True))
    # Each thread writes its own stack alone: another's may change while it is read.
    faulthandler.register(processes.STACK_SIGNAL, file=stacks, all_threads=False)
    # A socket left to the garbage collector is this engine's own verdict.
    warnings.simplefilter("ignore", ResourceWarning)
    threading.excepthook = _thread_failed
    sys.dont_write_bytecode = True


def _thread_failed(args: threading.ExceptHookArgs) -> None:
    """An exception that ends a thread goes to the test's output, the engine's frames left out."""
    if args.exc_value is not None:
        print(f"in thread {args.thread.name if args.thread else '?'}: {describe(args.exc_value)}", file=sys.stderr)
