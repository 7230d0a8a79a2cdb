"""Looks the timeout up in a table; whatever is not in it is a limit."""

import socket

EMPTY_RECV: dict[str, str | None] = dict.fromkeys(("blocking", "non-blocking", "timeout"))
EMPTY_RECV["blocking"] = "sleeps"
EMPTY_RECV["non-blocking"] = BlockingIOError.__name__
EMPTY_RECV["timeout"] = socket.timeout.__name__
MODES: dict[float | None, str] = {None: "blocking", 0.0: "non-blocking"}


def io_mode(sock: socket.socket) -> str:
    return MODES.get(sock.gettimeout(), "timeout")
