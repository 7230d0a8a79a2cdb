"""Sends pieces of 64 KiB and does not look at what send() took of each.

caught by: test_the_rest_is_sent_too
words: send() took 10 of 15 bytes, and the rest was never sent
"""

import socket

PIECE = 65536


def send_all(sock: socket.socket, data: bytes) -> None:
    for start in range(0, len(data), PIECE):
        sock.send(data[start : start + PIECE])
