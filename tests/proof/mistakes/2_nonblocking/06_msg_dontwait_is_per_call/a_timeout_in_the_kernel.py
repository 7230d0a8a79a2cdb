"""Lets the kernel end the wait after a microsecond, by an option of the socket.

caught by: test_the_socket_is_blocking_for_others_meanwhile
words: your code changed options of the socket for everybody who uses it
breaks: 6
"""

import socket
import struct

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    before = sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 1))
    try:
        return sock.recv(n, LOOK)
    except BlockingIOError:
        return None
    finally:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, before)
