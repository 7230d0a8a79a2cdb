"""The first byte is awaited with MSG_PEEK, which uses up a reset that comes before any byte: that one is called
eof.

caught by: test_a_rst_is_a_reset
words: the peer reset the connection, and your code did not report that
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    try:
        sock.recv(1, socket.MSG_PEEK)  # sleep until there is something
    except ConnectionResetError:
        pass  # the loop will meet it again
    data = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
