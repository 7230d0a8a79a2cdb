"""Waits on after a client was taken, for what is left of the time, in a poll object."""

import math
import select
import socket
import time


def accept_ready(listener: socket.socket, timeout: float) -> socket.socket | None:
    deadline = time.monotonic() + timeout
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    before = listener.gettimeout()
    listener.settimeout(0)
    try:
        while poll.poll(math.ceil(max(0.0, deadline - time.monotonic()) * 1000)):
            try:
                return listener.accept()[0]
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    break
        return None
    finally:
        listener.settimeout(before)
