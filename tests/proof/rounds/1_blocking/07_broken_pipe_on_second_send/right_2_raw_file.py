"""Of the kind that writes each message through an unbuffered file object, made with makefile() and closed again."""

import errno
import os
import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    for message in messages:
        try:
            with sock.makefile("wb", buffering=0) as raw:
                rest = memoryview(message)
                while True:
                    written = raw.write(rest)
                    if written is None:  # EAGAIN
                        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
                    rest = rest[written:]
                    if not rest:
                        break
        except (BrokenPipeError, ConnectionResetError):
            break
        delivered += 1
    return delivered
