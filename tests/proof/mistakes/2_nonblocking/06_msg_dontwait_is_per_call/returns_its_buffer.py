"""Returns the buffer that it had the kernel fill, which is no bytes.

caught by: test_it_sees_what_is_there
words: your function returned another type than bytes
"""

import socket


def peek_now(sock, n):
    buffer = bytearray(n)
    try:
        size = sock.recv_into(buffer, n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    return buffer[:size]
