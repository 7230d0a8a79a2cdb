"""The five models of input and output, each as the smallest program: receive one message that comes late.

W. R. Stevens, UNIX Network Programming, section 6.2, tells them apart by what happens
in the two phases: waiting until there is something, and copying it.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import select
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

READ_BYTES = 64  # bytes; the message has fewer


def blocking(sock: socket.socket) -> bytes:
    """One call is both phases: it sleeps, and then it copies."""
    return sock.recv(READ_BYTES)


def non_blocking(sock: socket.socket) -> bytes:
    """Nobody sleeps: the first phase is asking again and again."""
    sock.setblocking(False)
    while True:
        with contextlib.suppress(BlockingIOError):
            return sock.recv(READ_BYTES)


def multiplexing(sock: socket.socket) -> bytes:
    """One call for each phase, and the first can wait for many sockets."""
    select.select([sock], [], [])
    return sock.recv(READ_BYTES)


def signal_driven(sock: socket.socket, handled: Callable[[], Any]) -> bytes:
    """The program goes on, and a signal ends the first phase; `handled` is called when it comes."""
    received: list[bytes] = []
    sock.setblocking(False)

    def on_sigio(number: int, frame: object) -> None:
        handled()
        with contextlib.suppress(BlockingIOError):  # a signal may be about something else
            received.append(sock.recv(READ_BYTES))

    signal.signal(signal.SIGIO, on_sigio)
    fcntl.fcntl(sock, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(sock, fcntl.F_SETFL, fcntl.fcntl(sock, fcntl.F_GETFL) | os.O_ASYNC)
    something_else = threading.Event()
    while not received:
        something_else.wait(0.001)
    return received[0]


def asynchronous(sock: socket.socket) -> bytes:
    """The program asks for the result of both phases, and is resumed when it is there."""
    sock.setblocking(False)

    async def receive() -> bytes:
        return await asyncio.get_running_loop().sock_recv(sock, READ_BYTES)

    return asyncio.run(receive())
