"""It accepts all clients that are in the queue and greets only the first; the others are closed.

caught by: test_one_call_serves_one_client
words: One call served two clients
"""

import select
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        poller = select.poll()
        poller.register(listener, select.POLLIN)
        while poller.poll(0):
            listener.accept()[0].close()  # too late
        conn.sendall(greeting)
    return address
