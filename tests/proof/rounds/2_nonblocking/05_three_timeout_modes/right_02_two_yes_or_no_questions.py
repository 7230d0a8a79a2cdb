"""Looks the pair of getblocking() and `has a timeout` up in a table."""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}

_MODES = {
    (True, True): "blocking",
    (True, False): "timeout",
    (False, False): "non-blocking",
}


def io_mode(sock: socket.socket) -> str:
    return _MODES[sock.getblocking(), sock.gettimeout() is None]
