"""Closes the socket when recv() reports a real error, before the error propagates.

caught by: test_the_socket_stays_non_blocking
words: The peer had reset, and your code closed the caller's socket
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
    except OSError:
        sock.close()
        raise
