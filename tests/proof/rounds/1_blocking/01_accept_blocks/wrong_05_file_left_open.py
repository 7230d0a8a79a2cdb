"""It does not close a file of makefile(), so the connection stays open as long as the exception is held.

caught by: test_an_exception_of_any_kind_leaves_no_socket_open
words: Ctrl-C was pressed, and your code left the connection open
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        file = conn.makefile("wb")
        file.write(greeting)
        file.flush()
    return address
