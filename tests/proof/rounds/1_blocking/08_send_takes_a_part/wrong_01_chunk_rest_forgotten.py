"""It takes it for granted that each piece of 64 KiB goes whole, so the rest of a piece is lost.

caught by: test_the_rest_is_sent_too
words: send() took 10 of 15 bytes, and the rest was never sent
"""

import socket

CHUNK = 65536


def send_all(sock: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    for start in range(0, len(view), CHUNK):
        sock.send(view[start : start + CHUNK])
