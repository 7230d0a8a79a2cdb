"""After an error the bytes are kept under the descriptor's number, and handed out in front of another socket's
bytes when the number is used again.

caught by: test_what_came_before_an_error_is_not_the_next_sockets
words: bytes of another connection, whose descriptor had this number
breaks: 5
"""

import socket

_begun: dict[int, bytearray] = {}


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = _begun.setdefault(sock.fileno(), bytearray())
    how = "eof"
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        how = "reset"
    del _begun[sock.fileno()]
    return bytes(data), how
