"""It sets SO_LINGER to zero seconds, which the connections inherit, so close() resets them.

caught by: test_its_connections_end_without_a_reset
words: The server closed a connection, and its client got a reset
"""

import socket
import struct


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
