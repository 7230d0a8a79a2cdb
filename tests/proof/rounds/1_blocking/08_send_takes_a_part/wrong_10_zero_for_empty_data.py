"""Returns 0 instead of None if there is nothing to send.

caught by: test_no_data_sends_nothing
words: your code returned a count: send_all() sends all, or raises
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    if not data:
        return 0
    rest = memoryview(data)
    while rest:
        rest = rest[sock.send(rest) :]
