"""The other end of the connection: what suites let peers do, in one call each."""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import struct
from typing import Any

from dojo.sandbox import child
from dojo.sandbox.findings import Finding
from dojo.suite.observers import kernel_state, ports, unread, wait_readable, wait_until
from dojo.tape.wording import counted

ROOM = 65536  # bytes that each buffer of a connection is asked to hold


def connect(listener: socket.socket, name: str = "client") -> socket.socket:
    """A client that is connected to `listener`; reports call it `name`. The caller closes it."""
    client = socket.socket(listener.family, socket.SOCK_STREAM)
    child.here.recorder.label(client.fileno(), name)
    client.connect(listener.getsockname())
    return client


def reset(sock: socket.socket) -> None:
    """Close with RST instead of FIN: SO_LINGER with a time of 0 (socket(7))."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def reset_in_queue(client: socket.socket) -> None:
    """Reset a connection that nobody has accepted; on Linux the RST is there when this returns."""
    known = ports(client)
    reset(client)
    if known:
        wait_until(lambda: not kernel_state(*known), "the reset to arrive")


@functools.cache
def numbered(size: int) -> bytes:
    """So many bytes, in lines that bear numbers: what is lost, doubled or out of order shows.

    Suites ask for them where they are wanted: what is made while a suite is
    imported lies in the memory of every test's process, and makes each fork dearer.
    """
    lines = range(-(-size // 64))
    return (b"%-63d\n" * len(lines) % tuple(lines))[:size]


def read_exactly(sock: socket.socket, size: int) -> bytes:
    """Read so many bytes at the peer; raises Finding if the stream ends before."""
    data = bytearray()
    while len(data) < size:
        wait_readable(sock, f"{counted(size, 'byte')} at the peer, of which {len(data):,} have come")
        piece = sock.recv(min(65536, size - len(data)))
        if not piece:
            raise Finding(
                "the connection ended too early", f"{counted(size, 'byte')} at the peer", f"{len(data):,}, then the end"
            )
        data += piece
    return bytes(data)


def read_to_end(
    sock: socket.socket, what: str = "the end of the stream at the peer: is the connection ever closed?"
) -> bytes:
    """Everything until the end of the stream; a reset is raised as the error it is; `what`: see wait_until()."""
    data = bytearray()
    while True:
        wait_readable(sock, what)
        piece = sock.recv(65536)
        if not piece:
            return bytes(data)
        data += piece


def drain(sock: socket.socket, most: int = 1 << 20) -> bytes:
    """What has come to a peer, and no more than `most` bytes of it; b"" if there is nothing, or the end."""
    return sock.recv(most, socket.MSG_DONTWAIT) if unread(sock) else b""


def accepted(listener: socket.socket, keep: Keeper) -> socket.socket:
    """The suite's side of the connection that the code under test makes; it sends at once, as it is told (no Nagle)."""
    wait_readable(listener, "the client to connect")
    conn: socket.socket = keep(listener.accept()[0])
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return conn


def take_number(keep: Keeper, number: int) -> tuple[socket.socket, socket.socket]:
    """A new connection, whose first end has this descriptor number; raises Finding if that is not free."""
    first, second = sorted(socket.socketpair(), key=lambda end: end.fileno() != number)
    if first.fileno() != number:
        with contextlib.suppress(OSError):
            os.fstat(number)
            keep([first, second])
            raise Finding("the descriptor was not closed", f"{number} can be given away again", "it is still taken")
        fd = first.detach()
        os.dup2(fd, number)
        os.close(fd)
        first = socket.socket(fileno=number)
    taken: tuple[socket.socket, socket.socket] = keep((first, second))
    return taken


def fill(sock: socket.socket) -> int:
    """Send until the buffers are full; the number of bytes that went. The socket's mode is as before."""
    before = sock.gettimeout()
    sock.setblocking(False)
    total = 0
    try:
        while True:
            total += sock.send(bytes(65536))
    except BlockingIOError:
        return total
    finally:
        sock.settimeout(before)


def small_buffers(*socks: socket.socket, size: int = 4096) -> None:
    """Ask for send and receive buffers of `size` bytes; the kernel may make them larger (socket(7))."""
    for sock in socks:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)


class Keeper:
    """Closes, when the test is over, what the suite was given to keep."""

    def __init__(self) -> None:
        self._kept: list[Any] = []
        self._clients = 0

    def __call__(self, thing: Any) -> Any:
        """Keep a socket or descriptor, or every one in a list or tuple, and return what was given."""
        self._kept += thing if isinstance(thing, (list, tuple)) else [thing]
        return thing

    def connect(self, listener: socket.socket, name: str = "") -> socket.socket:
        """A connected client that is closed when the test is over; reports number the clients."""
        self._clients += 1
        number = f" {self._clients}" if self._clients > 1 else ""
        client: socket.socket = self(connect(listener, name or f"client{number}"))
        return client

    def close(self) -> None:
        """Close everything that has a close; a number is a descriptor."""
        for thing in self._kept:
            if isinstance(thing, int):
                with contextlib.suppress(OSError):
                    os.close(thing)
            elif hasattr(thing, "close"):
                thing.close()
