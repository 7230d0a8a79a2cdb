"""If the socket's timeout passes after some bytes, it returns them as if the stream had ended.

caught by: test_an_error_at_any_read_propagates
words: An error at one of the reads did not propagate
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    received = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except TimeoutError:
            if not received:
                raise
            break
        if not piece:
            break
        received += piece
    return bytes(received)
