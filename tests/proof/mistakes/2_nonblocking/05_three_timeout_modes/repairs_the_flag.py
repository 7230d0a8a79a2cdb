"""Brings the kernel's flag back in line with the timeout before it answers.

caught by: test_what_python_does_not_know_of_is_left_alone
words: O_NONBLOCK and the timeout did not agree, and your function changed one
breaks: 4
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    timeout = sock.gettimeout()
    sock.settimeout(timeout)
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
