"""Looks for the signal's number among the bytes of a socketpair, which drops what it has no room for.

caught by: test_the_signal_is_seen_behind_any_number_of_others
words: others, and your code slept on
"""

import select
import signal
import socket


def wait_readable_or_signal(sock: socket.socket, signum: int) -> str:
    """Sleep until `sock` is readable or signal `signum` comes; for the main thread.

    Data, the end of the stream and an error of the connection make a socket
    readable. Returns "readable" or "signal". Raises OSError or ValueError if
    the socket is closed.
    """
    numbers, wakeup = socket.socketpair()
    with numbers, wakeup:
        # A handler that found no room must not sleep: set_wakeup_fd() refuses a blocking descriptor.
        wakeup.setblocking(False)
        former_fd = signal.set_wakeup_fd(wakeup.fileno())
        try:
            # The handler comes second: a signal between the two steps would run it and leave no byte.
            former = signal.signal(signum, _nothing)
            try:
                return _wait(sock, numbers, signum)
            finally:
                signal.signal(signum, former)
        finally:
            signal.set_wakeup_fd(former_fd)


def _wait(sock: socket.socket, numbers: socket.socket, signum: int) -> str:
    while True:
        # No gap between looking and sleeping: a byte that is there already keeps select() awake.
        readable, _, _ = select.select([sock, numbers], [], [])
        if sock in readable:
            return "readable"
        # Each byte is the number of a signal. Several may have come, and they may be others.
        if signum in numbers.recv(4096):
            return "signal"


def _nothing(signum: int, frame: object) -> None:
    """Without a handler in Python there is no byte, and the signal does what it does by default."""
