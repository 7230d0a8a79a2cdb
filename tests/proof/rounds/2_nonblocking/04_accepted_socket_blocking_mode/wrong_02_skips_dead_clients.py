"""Closes a connection that has a pending error and accepts the next one instead.

caught by: test_a_client_that_has_reset_has_its_address_too
words: The client had reset in the queue, and your function did not return its address
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    while True:
        conn, address = listener.accept()
        conn.setblocking(False)
        if conn.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
            return conn, address
        conn.close()
