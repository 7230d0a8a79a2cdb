"""Takes a timeout of less than a millisecond, the unit of poll(), for no waiting at all.

caught by: test_a_short_limit_is_a_limit
words: A limit of 1e-06 s was set, and your function did not return 'timeout'
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
        return "blocking"
    return "timeout" if int(limit * 1000) else "non-blocking"
