"""Puts the timeout back after the bytes, the end and an OSError, but not after Ctrl-C.

caught by: test_an_exception_of_any_kind_leaves_the_socket_as_it_was
words: after Ctrl-C the socket had another timeout than before
breaks: 7
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    before = sock.gettimeout()
    sock.settimeout(None)
    data = bytearray()
    try:
        while len(data) < n:
            piece = sock.recv(min(n - len(data), 65536))
            if not piece:
                raise EOFError
            data += piece
    except (OSError, EOFError):
        sock.settimeout(before)
        raise
    sock.settimeout(before)
    return bytes(data)
