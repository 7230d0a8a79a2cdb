"""Closes the socket and not the file of makefile(), which keeps the connection open while the exception is held.

caught by: test_an_exception_of_any_kind_leaves_no_socket_open
words: left the connection open
breaks: 4
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        file = conn.makefile("wb")
        file.write(greeting)
        file.flush()
    return address
