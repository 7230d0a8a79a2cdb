"""Takes ENOTCONN, on a socket that was never connected, for "nothing yet".

caught by: test_a_socket_without_a_peer_is_an_error
words: the socket was never connected, and the caller never finds out
"""

import errno
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOTCONN):
            return None
        raise
