"""An error that is no ConnectionError (the timeout of the socket, EAGAIN, ETIMEDOUT) ends the stream without a
word.

caught by: test_an_error_at_any_read_propagates
words: an error at one of the reads did not propagate. This was when the firs
breaks: 4
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    pieces = []
    try:
        while piece := sock.recv(65536):
            pieces.append(piece)
    except ConnectionError:
        raise
    except OSError:
        pass  # nothing more to come
    return b"".join(pieces)
