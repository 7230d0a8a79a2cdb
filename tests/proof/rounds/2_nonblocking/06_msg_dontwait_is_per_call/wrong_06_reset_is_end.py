"""Takes a reset for the end of the stream and returns b"".

caught by: test_a_reset_propagates
words: The connection had failed, and the caller never finds out
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    except ConnectionResetError:
        return b""
