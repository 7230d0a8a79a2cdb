"""Tests any(data) instead of data, so a piece of zero bytes only ends the reply.

caught by: test_a_pause_in_the_reply_is_not_its_end
words: the server paused in the middle of its reply, and your code did not
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address) as sock:
        sock.settimeout(None)
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while any(data := sock.recv(65536)):
            reply += data
        return bytes(reply)
