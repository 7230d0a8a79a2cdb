"""Goes on reading after every TimeoutError, to outlast the socket's timeout, and so turns a connection lost with ETIMEDOUT into "eof".

caught by: test_each_error_at_any_read_is_reported_as_what_it_is
words: an error other than a reset did not propagate
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except TimeoutError:
            continue
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
