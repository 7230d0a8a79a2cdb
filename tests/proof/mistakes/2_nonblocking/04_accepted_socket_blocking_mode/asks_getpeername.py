"""Asks getpeername() for the address, which fails once the client has reset.

caught by: test_a_client_that_has_reset_has_its_address_too
words: OSError ENOTCONN
breaks: 1
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    conn, _ = listener.accept()
    conn.setblocking(False)
    try:
        return conn, conn.getpeername()
    except OSError:
        conn.close()
        raise
