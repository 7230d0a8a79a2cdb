"""Sets the socket's own timeout once more, which puts O_NONBLOCK back if os.set_blocking() has changed it.

caught by: test_asking_is_only_looking
words: Your function set the socket's mode, and should only ask for it
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    limit = sock.gettimeout()
    sock.settimeout(limit)  # Python and the kernel agree from here on
    if limit is None:
        return "blocking"
    return "timeout" if limit else "non-blocking"
