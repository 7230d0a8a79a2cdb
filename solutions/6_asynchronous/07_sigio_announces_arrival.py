"""6.7 sigio announces arrival: each signal says "look", and no more.

fcntl(2), F_SETOWN and O_ASYNC, and socket(7), "Signals": the kernel sends SIGIO to the owner
when the state of the socket changes. signal(7): standard signals do not queue, and the default
action of this one is to end the process. Python runs the handler in the main thread, between
two steps of whatever is running there, and that may be the handler itself.
"""

import fcntl
import os
import signal
import socket


class SigioReceiver:
    """Collects what arrives on a socket while the program does something else."""

    data: bytearray  # everything that has arrived
    eof: bool  # whether nothing more will come

    def __init__(self, sock: socket.socket) -> None:
        """Begin to receive; for the main thread.

        Raises OSError or ValueError if the socket is closed.
        """
        self.data, self.eof = bytearray(), False
        self._sock = sock
        self._reading = self._again = False
        # A closed socket is refused here, before anything has changed.
        self._async = fcntl.fcntl(sock, fcntl.F_GETFL) & os.O_ASYNC
        self._owner = fcntl.fcntl(sock, fcntl.F_GETOWN)
        self._timeout = sock.gettimeout()
        # A handler that waits for its peer holds up whatever it has interrupted.
        sock.setblocking(False)
        # The handler stands before the first signal can come.
        self._handler = signal.signal(signal.SIGIO, self._arrived)
        # Without an owner the kernel would not know whom to tell.
        fcntl.fcntl(sock, fcntl.F_SETOWN, os.getpid())
        self._announce(os.O_ASYNC)
        # Last of all: what came before the socket was armed is announced by nobody.
        self._arrived()

    def _announce(self, flag: int) -> None:
        """Set O_ASYNC in the socket's flags, or clear it."""
        others = fcntl.fcntl(self._sock, fcntl.F_GETFL) & ~os.O_ASYNC
        fcntl.fcntl(self._sock, fcntl.F_SETFL, others | flag)

    def _arrived(self, *_: object) -> None:
        # Between recv() and the growing of `data` another signal may run this again. It would read
        # what comes later and store it first. So the inner one leaves a note, and the outer one reads.
        self._again = True
        # If the note comes after the last look, and before `_reading` is off, the condition sees it.
        while self._again and not self._reading:
            self._reading, self._again = True, False
            self._read()
            self._reading = False

    def _read(self) -> None:
        try:
            # One signal may stand for many arrivals: only EAGAIN says that this was all.
            while not self.eof:
                piece = self._sock.recv(65536)
                self.data += piece
                self.eof = not piece
        except BlockingIOError:
            pass
        except OSError:
            # Whoever was interrupted has nothing to do with this connection: it is over, and that is all.
            self.eof = True

    def close(self) -> None:
        """Stop receiving, and put everything back as it was."""
        # First no more signals, then no more handler. One that is still pending meets ours:
        # signal.signal() handles it before it changes anything.
        self._announce(self._async)
        fcntl.fcntl(self._sock, fcntl.F_SETOWN, self._owner)
        signal.signal(signal.SIGIO, self._handler)
        # The mode comes last: our handler must not meet a blocking socket.
        self._sock.settimeout(self._timeout)
