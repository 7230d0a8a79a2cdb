"""When several clients stand in the queue, it serves them all in one call and returns the first one's address.

caught by: test_one_call_serves_one_client
words: one call served two clients
breaks: 2
"""

import select
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    while poller.poll(0):
        another, _ = listener.accept()
        with another:
            another.sendall(greeting)
    return address
