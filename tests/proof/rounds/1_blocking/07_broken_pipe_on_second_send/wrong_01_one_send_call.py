"""Sends each message with one send() and does not look at how many bytes the kernel took.

caught by: test_long_messages_go_out_whole
words: a part of a long message was not sent
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    for message in messages:
        try:
            sock.send(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        delivered += 1
    return delivered
