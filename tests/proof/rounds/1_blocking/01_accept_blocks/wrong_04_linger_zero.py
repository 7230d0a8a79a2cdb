"""Closes with SO_LINGER 0, which throws away what the kernel has not yet sent.

caught by: test_a_client_that_is_waiting_is_greeted
words: your code reset a connection, or closed it with input unread: its peer gets no end in orde
"""

import socket
import struct


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        # no TIME_WAIT on the server's side
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        conn.sendall(greeting)
    return address
