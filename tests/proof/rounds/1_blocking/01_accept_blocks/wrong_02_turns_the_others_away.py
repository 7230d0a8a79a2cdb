"""After the greeting, accepts the clients that still wait and closes them.

caught by: test_one_call_serves_one_client
words: one call served two clients
"""

import select
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    # Only one client is served: do not let the others wait for nothing.
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    while poller.poll(0):
        late, _ = listener.accept()
        late.close()
    return address
