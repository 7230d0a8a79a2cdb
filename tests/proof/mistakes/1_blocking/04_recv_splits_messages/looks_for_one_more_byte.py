"""Reads until one byte more than the message is there, to be sure that it is over.

caught by: test_the_next_message_stays_in_the_kernel
words: still blocked in os.readv(sock
"""

import os
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = b""
    while len(data) <= n + 12:
        room = bytearray(1024)
        size = os.readv(sock.fileno(), [room])
        if size == 0:
            raise EOFError
        data += room[:size]
    return data[:n]
