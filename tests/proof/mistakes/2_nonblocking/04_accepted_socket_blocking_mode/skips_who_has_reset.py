"""Skips a client that has reset, and accepts the next one.

caught by: test_a_client_that_has_reset_has_its_address_too
words: the client had reset in the queue, and your function did not return its address
breaks: 1
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    while True:
        conn, address = listener.accept()
        conn.setblocking(False)
        try:
            conn.getpeername()
        except OSError:
            conn.close()
            continue
        return conn, address
