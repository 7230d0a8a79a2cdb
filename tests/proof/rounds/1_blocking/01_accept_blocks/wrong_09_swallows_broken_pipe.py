"""Takes a BrokenPipeError in the greeting for a normal end and returns.

caught by: test_a_client_that_has_left_is_not_greeted
words: a greeting that nobody got is not a success
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        try:
            conn.sendall(greeting)
        except BrokenPipeError:
            pass  # the client has hung up: it wants no more
    return address
