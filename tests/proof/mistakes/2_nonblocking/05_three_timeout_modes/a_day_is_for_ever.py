"""Takes a timeout of a day or more for no limit.

caught by: test_a_short_limit_is_a_limit
words: a limit of 4e+06 s was set, and your function did not return 'timeout'
breaks: 2
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    timeout = sock.gettimeout()
    if timeout is None or timeout >= 86400:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
