"""3.8 signal does not end select: let the signal wake the wait by a byte, and let a flag say that it came.

PEP 475: a system call that a signal interrupts is made again, unless the
handler raises. So neither a flag nor InterruptedError ends a wait.
signal.set_wakeup_fd() lets the interpreter's own handler, in C, write a byte to
a descriptor at the moment at which a signal comes. The byte is the signal's
number, but a full buffer drops it: it can only wake.
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
    came: list[int] = []

    def note(number: int, frame: object) -> None:
        came.append(number)

    reader, wakeup = socket.socketpair()
    with reader, wakeup:
        # A handler that found no room must not sleep: set_wakeup_fd() refuses a blocking descriptor.
        wakeup.setblocking(False)
        # Full is as good as any byte: the reader is readable. So nobody has to be warned of it.
        former_fd = signal.set_wakeup_fd(wakeup.fileno(), warn_on_full_buffer=False)
        try:
            # The handler comes second: a signal between the two steps would set the flag and leave no byte.
            former = signal.signal(signum, note)
            try:
                return _wait(sock, reader, came)
            finally:
                signal.signal(signum, former)
        finally:
            signal.set_wakeup_fd(former_fd)


def _wait(sock: socket.socket, reader: socket.socket, came: list[int]) -> str:
    while not came:
        # No gap between looking and sleeping: a byte that is there already keeps select() awake.
        readable, _, _ = select.select([sock, reader], [], [])
        if sock in readable:
            return "readable"
        # A signal has come, this one or another. Its byte goes first, then the flag is asked: a signal that
        # comes between the two leaves a new byte.
        reader.recv(4096)
    return "signal"
