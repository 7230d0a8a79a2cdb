"""After the empty bytes SO_ERROR is asked: a FIN that was followed by a RST (for something we had sent) is
called reset.

caught by: test_a_reset_after_the_fin_takes_nothing_back
words: a reset came after the end of the stream, and your code returned something else
breaks: 1
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = bytearray()
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        return bytes(data), "reset"
    if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        return bytes(data), "reset"
    return bytes(data), "eof"
