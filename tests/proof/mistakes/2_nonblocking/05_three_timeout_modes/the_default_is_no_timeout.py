"""Takes a timeout that is the default for none at all.

caught by: test_the_default_timeout_counts_when_the_socket_is_made
words: the second socket was made with a default timeout, the third with one of 0: your function said otherwise
breaks: 3
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    timeout = sock.gettimeout()
    if timeout == socket.getdefaulttimeout():
        timeout = None
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
