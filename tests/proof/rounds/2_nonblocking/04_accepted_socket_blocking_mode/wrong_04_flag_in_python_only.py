"""Wraps the accepted descriptor with SOCK_NONBLOCK in the type, which tells Python but not the kernel.

caught by: test_the_kernel_has_the_connection_non_blocking
words: Your code did not set O_NONBLOCK on the connection: a read from it may sleep
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    conn, address = listener.accept()
    kind = listener.type | socket.SOCK_NONBLOCK
    return socket.socket(listener.family, kind, listener.proto, fileno=conn.detach()), address
