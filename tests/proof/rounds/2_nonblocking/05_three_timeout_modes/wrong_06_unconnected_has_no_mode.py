"""Calls a socket without a peer (new, listening, UDP) blocking, whatever its mode is.

caught by: test_sockets_of_every_kind_have_three_modes
words: The timeout of a socket was 0, and your function did not return 'non-blocking'
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    try:
        sock.getpeername()
    except OSError:
        return "blocking"
    limit = sock.gettimeout()
    if limit is None:
        return "blocking"
    return "timeout" if limit else "non-blocking"
