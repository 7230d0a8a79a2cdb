"""Gives create_connection() a timeout of three seconds for connecting, which stays on and limits every wait for the reply too.

caught by: test_a_pause_in_the_reply_is_not_its_end
words: your code raised TimeoutError: timed out
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address, timeout=3) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while chunk := sock.recv(65536):
            reply += chunk
        return bytes(reply)
