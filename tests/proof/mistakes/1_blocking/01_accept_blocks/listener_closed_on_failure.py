"""When the greeting fails, the error's way out closes the listener too.

caught by: test_a_client_that_resets_leaves_no_socket_open
words: a greeting failed, and your code closed the caller's listener
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    try:
        conn, address = listener.accept()
        with conn:
            conn.sendall(greeting)
    except OSError:
        listener.close()
        raise
    return address
