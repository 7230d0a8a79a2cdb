"""Shortens FIN_WAIT_2 with TCP_LINGER2 = -1, which connections inherit: a client that closes second gets a reset.

caught by: test_its_connections_end_without_a_reset
words: the server closed a connection first, and its client got a reset behind the end
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # do not keep half-closed connections around
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_LINGER2, -1)
        listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
