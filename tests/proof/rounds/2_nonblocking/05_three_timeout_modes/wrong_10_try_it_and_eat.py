"""Proves the non-blocking mode with a recv(1), which takes a byte away if one has arrived.

caught by: test_asking_is_only_looking
words: your function took input from the socket
"""

import contextlib
import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    limit = sock.gettimeout()
    if limit is None:
        return "blocking"
    if limit > 0:
        return "timeout"
    with contextlib.suppress(OSError):
        sock.recv(1)
    return "non-blocking"
