"""Closes the connection after success and after OSError, but not when another exception (KeyboardInterrupt, one
out of a signal handler) comes while it sends.

caught by: test_an_exception_of_any_kind_leaves_no_socket_open
words: Ctrl-C was pressed, and your code left the connection open
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
