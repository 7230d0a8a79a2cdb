"""It closes the connection after every Exception, but KeyboardInterrupt is none, so Ctrl-C leaves it open.

caught by: test_an_exception_of_any_kind_leaves_no_socket_open
words: Ctrl-C was pressed, and your code left the connection open
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    try:
        conn.sendall(greeting)
    except Exception:
        conn.close()
        raise
    conn.close()
    return address
