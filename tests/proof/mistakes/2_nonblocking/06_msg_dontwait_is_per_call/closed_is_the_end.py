"""Returns the end of the stream for a socket that is closed.

caught by: test_a_socket_without_a_peer_is_an_error
words: the socket was closed, and the caller never finds out
breaks: 4
"""

import socket

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    if sock.fileno() < 0:
        return b""
    try:
        return sock.recv(n, LOOK)
    except BlockingIOError:
        return None
