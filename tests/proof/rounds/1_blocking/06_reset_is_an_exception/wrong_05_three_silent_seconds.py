"""Gives up with TimeoutError when the peer has been silent for three seconds.

caught by: test_silence_is_neither
words: the peer may be silent for as long as it likes, and your code limited the wait
"""

import select
import socket

PATIENCE = 3  # seconds


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    data = bytearray()
    while True:
        if not poller.poll(PATIENCE * 1000):
            raise TimeoutError("the peer is silent")
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
