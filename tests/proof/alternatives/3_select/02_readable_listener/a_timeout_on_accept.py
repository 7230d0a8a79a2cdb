"""Gives accept() itself the limit: Python waits, accepts, and waits on for the rest of the time."""

import socket


def accept_ready(listener: socket.socket, timeout: float) -> socket.socket | None:
    before = listener.gettimeout()
    listener.settimeout(timeout)
    try:
        return listener.accept()[0]
    except (TimeoutError, BlockingIOError):
        return None
    finally:
        listener.settimeout(before)
