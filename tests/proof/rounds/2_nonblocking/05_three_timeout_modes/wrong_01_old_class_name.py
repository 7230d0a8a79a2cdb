"""Gives the exception of the timeout mode the name of its class from before Python 3.10, `timeout`.

caught by: test_predict_recv_on_a_socket_with_a_timeout
words: Your prediction was neither 'sleeps' nor the name of one of Python's exception classes
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "timeout",
}


def io_mode(sock: socket.socket) -> str:
    limit = sock.gettimeout()
    if limit is None:
        return "blocking"
    return "timeout" if limit else "non-blocking"
