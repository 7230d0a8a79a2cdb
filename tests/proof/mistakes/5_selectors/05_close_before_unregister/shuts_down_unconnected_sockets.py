"""Ends the connection before it closes: a socket that never had one raises ENOTCONN.

caught by: test_a_socket_without_a_connection_is_closed
words: drop() raised for a socket that has no connection
"""

import contextlib
import socket


def drop(selector, sock):
    with contextlib.suppress(KeyError, ValueError):
        if selector.get_key(sock).fileobj is sock:
            selector.unregister(sock)
    if sock.fileno() != -1:
        sock.shutdown(socket.SHUT_RDWR)
        sock.close()
