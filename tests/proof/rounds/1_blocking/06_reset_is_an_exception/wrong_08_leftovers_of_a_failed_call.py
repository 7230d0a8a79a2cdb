"""Gathers in a list of the module that is emptied when a call returns, but not when it raises: the next call returns those bytes with its own.

caught by: test_two_threads_do_not_mix_two_streams
words: two threads read two sockets, and your code mixed their bytes
"""

import socket

_pieces: list[bytes] = []


def _take_all() -> bytes:
    data = b"".join(_pieces)
    _pieces.clear()
    return data


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return _take_all(), "reset"
        if not piece:
            return _take_all(), "eof"
        _pieces.append(piece)
