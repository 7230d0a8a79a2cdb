"""1.6 reset is an exception: a torn connection is told from an ended one by the exception alone.

recv(2): 0 when the peer has shut down in good order. RFC 9293, 3.10.7.4: on a
RST outstanding calls are told "connection reset". Python raises ECONNRESET as
ConnectionResetError (PEP 3151).
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST.

    Returns all bytes that came, and "eof" or "reset". Raises OSError for an
    error that is neither.
    """
    pieces: list[bytes] = []
    how = "eof"
    try:
        # Linux hands out what came before the RST and raises then: the pieces live outside the try.
        while piece := sock.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        # This one class only: EBADF or a timeout says nothing about what the peer did.
        # The kernel has told it now and will not tell it again: pass it on, or it is lost.
        how = "reset"
    return b"".join(pieces), how
