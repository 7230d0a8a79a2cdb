"""Closes the connection after an OSError, but not after another exception.

caught by: test_an_exception_of_any_kind_leaves_no_socket_open
words: Whoever opens or starts something also closes or ends it, on every way out
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    try:
        conn.sendall(greeting)
    except OSError:
        conn.close()
        raise
    conn.close()
    return address
