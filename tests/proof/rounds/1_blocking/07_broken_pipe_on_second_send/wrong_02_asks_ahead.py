"""Asks for the next message before it sends the one it has.

caught by: test_each_message_goes_out_before_the_next_is_asked_for
words: your code asked for a message before the one before it was sent
"""

import socket
from collections.abc import Iterable

END = object()


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    source = iter(messages)
    delivered = 0
    message = next(source, END)
    while message is not END:
        following = next(source, END)
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        delivered += 1
        message = following
    return delivered
