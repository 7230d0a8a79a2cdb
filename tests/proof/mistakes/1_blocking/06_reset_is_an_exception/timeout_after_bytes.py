"""A timeout of the socket propagates only before the first byte; after some bytes it returns them with "reset".

caught by: test_each_error_at_any_read_is_reported_as_what_it_is
words: an error other than a reset did not propagate
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    data = bytearray()
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        return bytes(data), "reset"
    except TimeoutError:
        if not data:
            raise
        return bytes(data), "reset"  # do not lose what is there
    return bytes(data), "eof"
