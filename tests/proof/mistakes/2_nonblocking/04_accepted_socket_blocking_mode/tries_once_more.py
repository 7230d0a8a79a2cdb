"""Tries once more if a client was gone before accept() returned.

caught by: test_an_error_of_accept_propagates_at_once
words: accept() failed, and the caller never finds out
breaks: 4
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    try:
        conn, address = listener.accept()
    except ConnectionAbortedError:
        conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
