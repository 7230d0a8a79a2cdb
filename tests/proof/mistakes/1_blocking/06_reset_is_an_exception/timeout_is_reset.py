"""A TimeoutError after some bytes (the socket's own timeout or ETIMEDOUT) counts as a reset.

caught by: test_each_error_at_any_read_is_reported_as_what_it_is
words: an error other than a reset did not propagate
breaks: 4
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = b""
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return data, "reset"
        except TimeoutError:
            if data:
                return data, "reset"  # torn off in the middle
            raise
        if not piece:
            return data, "eof"
        data += piece
