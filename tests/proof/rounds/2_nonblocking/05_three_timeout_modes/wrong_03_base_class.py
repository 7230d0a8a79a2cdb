"""Predicts OSError, the base class, for the non-blocking mode.

caught by: test_predict_recv_on_a_nonblocking_socket
words: A non-blocking recv() without input fails at once with EAGAIN, and you predicted otherwise
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "OSError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    limit = sock.gettimeout()
    if limit is None:
        return "blocking"
    return "timeout" if limit else "non-blocking"
