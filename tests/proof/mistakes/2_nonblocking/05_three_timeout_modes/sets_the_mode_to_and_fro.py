"""Makes the socket non-blocking to see whether the timeout changes, and sets it back.

caught by: test_asking_is_only_looking
words: your function set the socket's mode, and should only ask for it
breaks: 4
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    before = sock.gettimeout()
    sock.setblocking(False)
    same = sock.gettimeout() == before
    sock.settimeout(before)
    if same:
        return "non-blocking"
    return "blocking" if before is None else "timeout"
