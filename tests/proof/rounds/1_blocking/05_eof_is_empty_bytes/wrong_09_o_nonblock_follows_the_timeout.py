"""Restores the timeout alone: an O_NONBLOCK that did not agree with it is lost.

caught by: test_the_socket_keeps_its_timeout
words: your code left the socket in another mode
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    timeout = sock.gettimeout()
    data = bytearray()
    try:
        sock.settimeout(None)
        while piece := sock.recv(65536):
            data += piece
    finally:
        sock.settimeout(timeout)
    return bytes(data)
