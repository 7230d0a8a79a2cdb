"""Keeps the 30 seconds that were meant for connecting, so a longer silence of the server is an error.

caught by: test_a_pause_in_the_reply_is_not_its_end
words: your code raised TimeoutError: timed out
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address, timeout=30) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while data := sock.recv(65536):
            reply += data
        return bytes(reply)
