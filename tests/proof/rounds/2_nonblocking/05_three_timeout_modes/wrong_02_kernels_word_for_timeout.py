"""Predicts BlockingIOError for the timeout mode, because the kernel's flag is the same as in non-blocking mode.

caught by: test_predict_recv_on_a_socket_with_a_timeout
words: With a timeout recv() waits until Python ends the wait, and you predicted otherwise
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "BlockingIOError",
}


def io_mode(sock: socket.socket) -> str:
    limit = sock.gettimeout()
    if limit is None:
        return "blocking"
    return "timeout" if limit else "non-blocking"
