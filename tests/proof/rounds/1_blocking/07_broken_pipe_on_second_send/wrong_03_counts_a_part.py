"""Counts the message at which the connection broke, if the kernel had taken a part of it.

caught by: test_a_message_taken_in_part_does_not_count
words: the kernel took a part of a message, and your code counted it
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    for message in messages:
        delivered += 1
        done = 0
        try:
            while True:
                done += sock.send(memoryview(message)[done:])
                if done == len(message):
                    break
        except (BrokenPipeError, ConnectionResetError):
            return delivered if done else delivered - 1
    return delivered
