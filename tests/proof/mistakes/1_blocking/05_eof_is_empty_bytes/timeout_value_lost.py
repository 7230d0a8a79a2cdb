"""Remembers getblocking() instead of gettimeout(): a timeout of five seconds comes back as none.

caught by: test_the_socket_keeps_its_timeout
words: your code left the socket in another mode
"""

import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    blocking = sock.getblocking()
    timeout = sock.gettimeout()
    poller = select.poll()
    sock.setblocking(False)
    try:
        data = bytearray()
        while True:
            try:
                piece = sock.recv(65536)
            except BlockingIOError:
                poller.register(sock, select.POLLIN)
                if not poller.poll(timeout * 1000 if timeout else None):
                    raise TimeoutError("timed out") from None
                continue
            if not piece:
                return bytes(data)
            data += piece
    finally:
        sock.setblocking(blocking)
