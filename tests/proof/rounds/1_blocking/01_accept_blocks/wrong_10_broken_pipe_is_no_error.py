"""If the client goes away while it is greeted, it returns the address as if all was sent.

caught by: test_a_client_that_resets_leaves_no_socket_open
words: The client did not get the whole greeting, and your code returned as if it had
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        try:
            conn.sendall(greeting)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client has gone, nobody to greet
    return address
