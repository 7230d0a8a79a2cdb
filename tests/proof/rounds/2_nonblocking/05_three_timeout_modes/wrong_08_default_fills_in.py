"""Lets today's default timeout count for a socket that has no timeout, although the default is only for new sockets.

caught by: test_the_default_timeout_counts_when_the_socket_is_made
words: The second socket was made with a default timeout, the third with one of 0: your function said otherwise
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    limit = sock.gettimeout()
    if limit is None:
        limit = socket.getdefaulttimeout()
    if limit is None:
        return "blocking"
    return "timeout" if limit else "non-blocking"
