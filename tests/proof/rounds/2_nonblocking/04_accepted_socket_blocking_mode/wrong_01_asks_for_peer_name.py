"""Asks the connection for the client's address with getpeername(), which fails with ENOTCONN if the client has reset.

caught by: test_a_client_that_has_reset_has_its_address_too
words: your code raised OSError ENOTCONN: Transport endpoint is not connected
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    conn, _ = listener.accept()
    try:
        conn.setblocking(False)
        return conn, conn.getpeername()
    except BaseException:
        conn.close()
        raise
