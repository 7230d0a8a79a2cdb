"""Takes the listener's timeout away and puts it back only if accept() succeeds.

caught by: test_the_listener_is_the_callers_also_when_accept_fails
words: accept() failed, and the listener has another mode
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    timeout = listener.gettimeout()
    listener.settimeout(None)
    conn, address = listener.accept()
    with conn:
        listener.settimeout(timeout)
        conn.sendall(greeting)
    return address
