"""1.5 eof is empty bytes: read until recv() returns nothing.

recv(2), RETURN VALUE: when a stream socket's peer has shut down in good order,
the result is 0. No length, no pause and no exception says so, only that.
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream.

    Returns the bytes as they were sent, b"" if there were none. Raises OSError
    if the connection breaks before its end.
    """
    pieces: list[bytes] = []
    # A piece shorter than the buffer only means that no more had arrived: empty bytes alone are the end.
    # An error is not caught: half a stream must not pass for a whole one.
    while piece := sock.recv(65536):
        # A piece can begin and end anywhere, in the middle of a character too: keep bytes.
        pieces.append(piece)
    return b"".join(pieces)
