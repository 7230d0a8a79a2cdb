"""Servers in processes of their own, on free ports, for whoever wants to talk to them."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
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
def started(name: str, arguments: list[str], asked: dict[str, str]) -> Iterator[Served]:
    """A server that prints its port in its first line; it must still be there at the end, and then ends at SIGINT.

    `name` is for errors, `arguments` are a module of dojo and what it takes, `asked` is
    added to its environment. Raises RuntimeError if it does not start, ends early or
    prints a traceback.
    """
    process = subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        env=environment() | asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"port (\d+)", first)
        if not found:
            raise RuntimeError(f"{name} did not start: {first}{process.communicate(timeout=20)[0]}")
        yield Served(int(found[1]), process)
        if process.poll() is not None:
            raise RuntimeError(f"the server {name} has ended: {process.communicate()[0]}")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            output, _ = process.communicate(timeout=20)
        finally:
            process.kill()
    if "Traceback" in output:
        raise RuntimeError(f"the server {name} printed:\n{output}")


def serving(kata: str, side: str = "solutions", to: int | None = None) -> AbstractContextManager[Served]:
    """The program of a kata, as in "7.1", run as people run it; `to` is the port of its upstream, for a relay."""
    asked = {"K": kata, "SIDE": side, "PORT": "0"} | ({"TO": str(to)} if to else {})
    return started(kata, ["dojo", "run"], asked)


def asyncio_server(kind: str) -> AbstractContextManager[Served]:
    """An echo server of "asyncio" or "uvloop", for comparison."""
    return started(kind, ["dojo.upkeep.models_asyncio", kind], {})


def received(sock: socket.socket, size: int) -> bytes:
    """So many bytes from a blocking socket, or fewer where the stream ends before."""
    data = b""
    while len(data) < size and (piece := sock.recv(size - len(data))):
        data += piece
    return data
