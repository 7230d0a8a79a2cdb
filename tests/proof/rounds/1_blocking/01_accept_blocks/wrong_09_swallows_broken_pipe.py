"""Takes a BrokenPipeError in the greeting for a normal end and returns.

caught by: test_a_client_that_has_left_is_not_greeted
words: the client did not get the whole greeting, and your code returned as if it had
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
