"""Tries again after every TimeoutError, so a connection that failed with ETIMEDOUT ends in EOFError.

caught by: test_what_came_before_a_timeout_is_not_the_next_sockets
words: A blocking recv() sleeps until bytes, the end or a reset arrive, and none of them comes
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray()
    while len(data) < n:
        try:
            piece = sock.recv(min(n - len(data), 65536))
        except TimeoutError:
            continue  # the socket's timeout limits nothing here
        if not piece:
            raise EOFError("the stream has ended")
        data += piece
    return bytes(data)
