"""Sends with MSG_DONTWAIT and tries again at once while the buffer is full.

caught by: test_it_sleeps_while_the_buffers_are_full
words: a busy loop
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    count = 0
    for message in messages:
        view = memoryview(message)
        try:
            while True:
                try:
                    view = view[sock.send(view, socket.MSG_DONTWAIT) :]
                except BlockingIOError:
                    continue
                if not view:
                    break
        except (BrokenPipeError, ConnectionResetError):
            break
        count += 1
    return count
