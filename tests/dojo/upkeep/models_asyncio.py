"""An echo server with a protocol, as asyncio's own documentation has it, for `make models` to stand beside the katas.

Started as a process of its own, with the argument ``asyncio`` (or
``uvloop``). It prints its port on 127.0.0.1 and serves until SIGINT.
"""

from __future__ import annotations

import asyncio
import importlib
import signal
import socket
import sys
from typing import cast

from dojo.learner.run import BACKLOG


class Echo(asyncio.Protocol):
    """Send back what comes; after the end of the stream the transport sends the rest and closes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Send it back."""
        self._transport.write(data)

    # The katas' servers do not read either from a client that takes no answers: the same work for all.
    def pause_writing(self) -> None:
        """Hear nothing from a client that takes no answers."""
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        """Hear it again."""
        self._transport.resume_reading()


def new_loop(kind: str) -> asyncio.AbstractEventLoop:
    """An event loop of "asyncio" or "uvloop"; raises ImportError if that is not installed."""
    loop: asyncio.AbstractEventLoop = importlib.import_module(kind).new_event_loop()
    return loop


def main(kind: str) -> None:
    """Serve until SIGINT."""
    loop = new_loop(kind)
    listener = socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)
    # The backlog has to be said again: the loop calls listen(), too.
    server = loop.run_until_complete(loop.create_server(Echo, sock=listener, backlog=BACKLOG))
    loop.add_signal_handler(signal.SIGINT, loop.stop)
    print(f"port {listener.getsockname()[1]}", flush=True)
    loop.run_forever()
    server.close()
    loop.close()


if __name__ == "__main__":
    main(sys.argv[1])
