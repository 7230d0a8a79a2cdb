"""For each message an unbuffered file made of the socket; its None (no room, socket non-blocking) is turned into
the error again.
"""

import errno
import os
import socket
from collections.abc import Iterable


def _write(sock: socket.socket, message: bytes) -> None:
    rest = memoryview(message)
    with sock.makefile("wb", buffering=0) as stream:
        while rest:
            count = stream.write(rest)
            if count is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            rest = rest[count:]


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    count = 0
    for message in messages:
        try:
            _write(sock, message)
        except (BrokenPipeError, ConnectionResetError):
            return count
        else:
            count += 1
    return count
