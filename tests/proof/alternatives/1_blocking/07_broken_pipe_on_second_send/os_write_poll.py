"""Os.write on the raw descriptor, poll() for the caller's timeout, a helper that answers yes or no, and
takewhile.
"""

import itertools
import os
import select
import socket
from collections.abc import Iterable


def _taken(sock: socket.socket, message: bytes) -> bool:
    rest = memoryview(message)
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    while rest:
        patience = sock.gettimeout()
        if patience and not poller.poll(patience * 1000):
            raise TimeoutError("timed out")
        try:
            rest = rest[os.write(sock.fileno(), rest) :]
        except (BrokenPipeError, ConnectionResetError):
            return False
        except BlockingIOError:
            if not patience:
                raise
    return True


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    taken = itertools.takewhile(lambda message: _taken(sock, message), messages)
    return sum(1 for _ in taken)
