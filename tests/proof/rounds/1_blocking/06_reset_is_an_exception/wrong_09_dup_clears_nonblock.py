"""Reads from a duplicate without timeout, which takes O_NONBLOCK away from the caller's socket, for the two share it.

caught by: test_ctrl_c_leaves_nothing_behind
words: Ctrl-C was pressed, and your code left the socket in another mode
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    with sock.dup() as copy:
        copy.settimeout(None)
        data = bytearray()
        while True:
            try:
                piece = copy.recv(65536)
            except ConnectionResetError:
                return bytes(data), "reset"
            if not piece:
                return bytes(data), "eof"
            data += piece
