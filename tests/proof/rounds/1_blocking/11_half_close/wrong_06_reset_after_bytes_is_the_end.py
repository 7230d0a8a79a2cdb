"""Raises a reset only if nothing has come yet, and otherwise returns the bytes before the reset as the reply.

caught by: test_a_reply_that_breaks_off_is_an_error
words: recv() failed with ECONNRESET in the middle of the reply, and your code returned that as if it were whole
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(address)
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while True:
            try:
                chunk = sock.recv(65536)
            except ConnectionResetError:
                if not reply:
                    raise
                break
            if not chunk:
                break
            reply += chunk
        return bytes(reply)
