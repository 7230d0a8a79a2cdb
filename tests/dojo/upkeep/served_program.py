"""Run a program as people run it, `make run` on a free port, for whoever wants to talk to it."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dojo.core.environment import environment
from dojo.core.places import ROOT
from dojo.core.start import command


@dataclass
class Served:
    """A program that runs: its port on 127.0.0.1 and its process."""

    port: int
    process: subprocess.Popen[str]

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self.process.pid


@contextmanager
def serving(kata: str, side: str = "solutions", to: int | None = None) -> Iterator[Served]:
    """The program of a kata, as in "7.1"; it must still be there at the end, and then ends at Ctrl-C.

    `to` is the port of its upstream, for a relay. Raises RuntimeError if the
    program does not start, ends early or prints a traceback.
    """
    asked = {"K": kata, "SIDE": side, "PORT": "0"} | ({"TO": str(to)} if to else {})
    process = subprocess.Popen(
        command("dojo", "run"),
        cwd=ROOT,
        env=environment() | asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"port (\d+);", first)
        if not found:
            raise RuntimeError(f"{kata} did not start: {first}")
        yield Served(int(found[1]), process)
        if process.poll() is not None:
            raise RuntimeError(f"the server {kata} has ended: {process.communicate()[0]}")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            output, _ = process.communicate(timeout=20)
        finally:
            process.kill()
    if "Traceback" in output:
        raise RuntimeError(f"the server {kata} printed:\n{output}")
