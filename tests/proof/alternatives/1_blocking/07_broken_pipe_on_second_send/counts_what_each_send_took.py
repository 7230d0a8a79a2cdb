"""Counts what each send took, and tells the errno itself."""

import errno
import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    taken = 0
    for message in messages:
        at = 0
        while at < len(message):
            try:
                at += sock.send(message[at : at + 65536])
            except OSError as error:
                if error.errno in (errno.EPIPE, errno.ECONNRESET):
                    return taken
                raise
        taken += 1
    return taken
