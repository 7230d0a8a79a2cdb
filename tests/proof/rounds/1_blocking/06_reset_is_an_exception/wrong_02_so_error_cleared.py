"""Reads SO_ERROR at the start, which clears it, so that a reset which came before the call looks like the end of the stream.

caught by: test_a_rst_is_a_reset
words: the peer reset the connection, and your code did not report that
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)  # no stale error, please
    data = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
