"""Ends the wait with an exception: a handler that raises is the other way out (PEP 475)."""

import select
import signal
import socket
from typing import NoReturn


class Came(BaseException):
    pass


def _raise(*_: object) -> NoReturn:
    raise Came


def wait_readable_or_signal(sock: socket.socket, signum: int) -> str:
    former = signal.getsignal(signum)
    try:
        try:
            signal.signal(signum, _raise)
            poll = select.poll()
            poll.register(sock, select.POLLIN)
            poll.poll()
            return "readable"
        finally:
            signal.signal(signum, former)
    except Came:
        # It may have come in the finally clause as well, before the handler was put back.
        signal.signal(signum, former)
        return "signal"
