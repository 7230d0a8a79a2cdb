"""After the greeting it reads until the client closes, so a client that stays connected keeps it for ever.

caught by: test_a_client_that_is_waiting_is_greeted
words: still blocked in conn 1.recv(4096)
"""

import contextlib
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
        with contextlib.suppress(OSError):
            conn.shutdown(socket.SHUT_WR)
            while conn.recv(4096):
                pass
    return address
