"""Waits in poll for room and sends without waiting; send alone decides whether the connection is broken."""

import select
import socket
from collections.abc import Iterable


def _send(sock: socket.socket, message: bytes) -> bool:
    poll = select.poll()
    poll.register(sock, select.POLLOUT)
    rest = memoryview(message)
    while rest:
        poll.poll()
        try:
            rest = rest[sock.send(rest, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            continue
        except (BrokenPipeError, ConnectionResetError):
            return False
    return True


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    taken = 0
    for message in messages:
        if not _send(sock, message):
            break
        taken += 1
    return taken
