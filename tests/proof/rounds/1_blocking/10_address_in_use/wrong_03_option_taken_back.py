"""Takes SO_REUSEADDR back after bind(), so accepted connections do not inherit it and block the next start.

caught by: test_it_starts_again_at_once_after_it_closed_first
words: the address was refused, and nobody listens there any more: only its last connection, in T
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
        # nobody else shall bind this address now
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    except BaseException:
        listener.close()
        raise
    return listener
