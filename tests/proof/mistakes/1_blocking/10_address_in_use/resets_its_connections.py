"""Avoids TIME_WAIT by resetting every connection, and the peer's last bytes with it.

caught by: test_its_connections_end_without_a_reset
words: the server closed a connection, and its client got a reset
breaks: 3
"""

import socket
import struct


def open_listener(address):
    listener = socket.create_server(address)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return listener
