"""Goes on after a timeout, if a part has already been sent.

caught by: test_a_timeout_propagates_at_once
words: A blocking send sleeps until the peer makes room by reading, and it does not read
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    sent = 0
    while sent < len(data):
        try:
            sent += sock.send(memoryview(data)[sent:])
        except TimeoutError:
            if sent == 0:
                raise
            # half a message is of no use to anybody: go on
