"""Dispatches on the type of what gettimeout() returns."""

import functools
import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


@functools.singledispatch
def _mode_of(limit: object) -> str:
    raise TypeError(f"not a timeout: {limit!r}")


@_mode_of.register
def _(limit: None) -> str:
    return "blocking"


@_mode_of.register
def _(limit: float) -> str:
    return "timeout" if limit > 0.0 else "non-blocking"


def io_mode(sock: socket.socket) -> str:
    return _mode_of(sock.gettimeout())
