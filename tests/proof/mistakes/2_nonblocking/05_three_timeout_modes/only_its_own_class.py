"""Takes an object of a class of its own for blocking.

caught by: test_sockets_of_every_kind_have_three_modes
words: the timeout of a socket was 0, and your function did not return 'non-blocking'
breaks: 2
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    timeout = sock.gettimeout() if type(sock) is socket.socket else None
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
