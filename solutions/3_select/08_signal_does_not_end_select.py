"""3.8 signal does not end select: turn the signal into a byte on a descriptor that the wait watches.

PEP 475: a system call that a signal interrupts is made again, unless the
handler raises. So neither a flag nor InterruptedError ends a wait.
signal.set_wakeup_fd() lets the interpreter's own handler, in C, write the
number of each signal to a descriptor, at the moment at which the signal comes.
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
