"""It takes the listener's timeout away while it works and puts it back only if the client could be greeted.

caught by: test_the_listener_is_the_callers_also_when_accept_fails
words: accept() failed, and the listener has another mode
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    timeout = listener.gettimeout()
    listener.settimeout(None)
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    listener.settimeout(timeout)
    return address
