"""When an error that is no reset propagates, the socket has been closed.

caught by: test_a_socket_without_a_peer_is_an_error
words: an error propagated, and your code had closed the caller's socket
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = bytearray()
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        return bytes(data), "reset"
    except OSError:
        sock.close()
        raise
    return bytes(data), "eof"
