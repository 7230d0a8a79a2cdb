"""Matches on the attribute that gettimeout() returns."""

import socket

EMPTY_RECV: dict[str, str | None] = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock: socket.socket) -> str:
    match sock.timeout:
        case None:
            return "blocking"
        case 0:
            return "non-blocking"
        case _:
            return "timeout"
