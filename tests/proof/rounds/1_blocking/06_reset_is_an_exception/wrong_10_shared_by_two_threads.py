"""Gathers in one bytearray of the module, emptied at the start of each call, so that two threads that read at the same time mix their bytes.

caught by: test_two_threads_do_not_mix_two_streams
words: two threads read two sockets, and your code mixed their bytes
"""

import socket

_data = bytearray()


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    _data.clear()
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return bytes(_data), "reset"
        if not piece:
            return bytes(_data), "eof"
        _data.extend(piece)
