"""A second socket object owns the listener's descriptor, and closes it when accept() raises.

caught by: test_the_listener_is_the_callers_also_when_accept_fails
words: your code closed a socket that is still needed, or returned one that i
"""

import select
import socket


def _accept(listener):
    while True:
        try:
            return listener.accept()
        except BlockingIOError:
            poller = select.poll()
            poller.register(listener, select.POLLIN)
            poller.poll()


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    listener.getsockname()  # OSError if it is closed
    mine = socket.socket(fileno=listener.fileno())
    conn, address = _accept(mine)
    with conn:
        mine.detach()
        conn.setblocking(True)
        conn.sendall(greeting)
    return address
