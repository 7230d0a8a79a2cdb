"""Sendmsg with lists of small pieces, a selector for the sleep, and a generator that says what was taken."""

import selectors
import socket
from collections.abc import Iterable, Iterator

PIECE = 1000
PIECES = 64


def _pieces(rest: memoryview) -> list[memoryview]:
    return [rest[at : at + PIECE] for at in range(0, min(len(rest), PIECE * PIECES), PIECE)]


def _send_whole(sock: socket.socket, message: bytes) -> None:
    rest = memoryview(message)
    while True:
        try:
            rest = rest[sock.sendmsg(_pieces(rest)) :]
        except BlockingIOError:  # a socket that never waits by itself
            with selectors.PollSelector() as selector:
                selector.register(sock, selectors.EVENT_WRITE)
                selector.select()
            continue
        if not rest:
            return


def _taken(sock: socket.socket, messages: Iterable[bytes]) -> Iterator[bytes]:
    for message in messages:
        try:
            _send_whole(sock, message)
        except (BrokenPipeError, ConnectionResetError):
            return
        yield message


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    return sum(1 for _ in _taken(sock, messages))
