"""Sendmsg() with a shrinking memoryview, the iterator driven by hand so that only the sending is guarded."""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    source = iter(messages)
    count = 0
    while True:
        try:
            message = next(source)
        except StopIteration:
            return count
        with memoryview(message) as view:
            gone = 0
            while gone < len(view):
                try:
                    gone += sock.sendmsg([view[gone : gone + 50_000], view[gone + 50_000 :]])
                except (BrokenPipeError, ConnectionResetError):
                    return count
        count += 1
