"""A client that closed before the whole greeting was sent (EPIPE, not a reset) is taken for a greeted one: the
address is returned.

caught by: test_a_client_that_has_left_is_not_greeted
words: the client did not get the whole greeting, and your code returned as if it had
breaks: 7
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        try:
            conn.sendall(greeting)
        except BrokenPipeError:
            pass  # the client has left of its own accord
    return address
