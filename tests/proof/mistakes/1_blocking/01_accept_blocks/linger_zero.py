"""The connection is closed with SO_LINGER 0, which throws away what a slow client has not taken yet.

caught by: test_a_client_that_is_waiting_is_greeted
words: your code reset a connection, or closed it with input unread: its peer
"""

import select
import socket
import struct


def _accept(listener):
    while True:
        try:
            return listener.accept()
        except BlockingIOError:
            poller = select.poll()
            poller.register(listener, select.POLLIN)
            poller.poll()


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = _accept(listener)
    with conn:
        conn.setblocking(True)
        # no TIME_WAIT on our side
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        conn.sendall(greeting)
    return address
