"""Returns b"" instead of None if nothing has arrived yet.

caught by: test_nothing_has_arrived_yet
words: Nothing had arrived, and your function did not return None
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return b""
