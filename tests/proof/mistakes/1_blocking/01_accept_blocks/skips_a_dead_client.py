"""A client that has reset the connection before it could be greeted is passed over, and the next one is served.

caught by: test_a_client_that_resets_leaves_no_socket_open
words: still blocked in listener.accept()
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
    while True:
        conn, address = _accept(listener)
        with conn:
            conn.setblocking(True)
            try:
                conn.sendall(greeting)
            except ConnectionError:
                continue
        return address
