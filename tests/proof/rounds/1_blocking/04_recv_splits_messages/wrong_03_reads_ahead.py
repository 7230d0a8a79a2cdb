"""Reads at least 512 bytes at once and keeps the rest in memory for the next call on this socket.

caught by: test_the_next_message_stays_in_the_kernel
words: your code took bytes of the next message out of the kernel
"""

import socket
import weakref

_rest: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = _rest.setdefault(sock, bytearray())
    while len(data) < n:
        piece = sock.recv(max(512, min(n - len(data), 65536)))
        if not piece:
            raise EOFError("the stream has ended")
        data += piece
    result = bytes(data[:n])
    del data[:n]
    return result
