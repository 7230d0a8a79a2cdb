"""Notes the mode only in the socket object; the kernel's flag is not set.

caught by: test_the_kernel_has_the_connection_non_blocking
words: your code did not set O_NONBLOCK on the connection: a read from it may sleep
"""

import socket


def accept_nonblocking(listener):
    conn, address = listener.accept()
    kind = conn.type | socket.SOCK_NONBLOCK
    return socket.socket(conn.family, kind, conn.proto, fileno=conn.detach()), address
