"""Looks at the kernel's flag first, so a socket in timeout mode is called non-blocking.

caught by: test_sockets_of_every_kind_have_three_modes
words: The timeout of a socket was 30, and your function did not return 'timeout'
"""

import os
import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    if not os.get_blocking(sock.fileno()):
        return "non-blocking"
    return "blocking" if sock.gettimeout() is None else "timeout"
