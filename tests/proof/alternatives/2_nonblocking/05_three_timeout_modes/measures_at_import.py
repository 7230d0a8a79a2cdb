"""Measures two of the outcomes on a socketpair when it is imported, and asks the attribute of the C class."""

import _socket
import socket


def _measure(limit: float) -> str:
    """Return the name of the exception of recv(1) with nothing to read."""
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(limit)
        try:
            here.recv(1)
        except OSError as error:
            return type(error).__name__
    raise AssertionError("nobody sends, but recv() has returned")


EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": _measure(0.0),
    "timeout": _measure(0.001),
}


def io_mode(sock: socket.socket) -> str:
    match _socket.socket.timeout.__get__(sock):
        case None:
            return "blocking"
        case 0.0:
            return "non-blocking"
        case _:
            return "timeout"
