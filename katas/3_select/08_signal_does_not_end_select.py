"""3.8 signal does not end select

A signal interrupts the system call in which a thread sleeps. Python then runs the
handler. If the handler returns, Python continues the call with what is left of its
timeout. So a program that waits for a socket or a signal has to make sure that the
signal ends the wait.

Write wait_readable_or_signal(sock, signum).
- Sleep in the kernel until sock is readable or the signal signum has come. Return
  "readable" or "signal". If both have happened, either answer is right.
- Other signals that the program handles are handled as usual, and the wait goes on.
- The signal may come at any moment. One that comes just before the thread falls
  asleep counts too, and so does one that comes behind any number of others.
- Afterwards everything is as it was, after an error too: the program's handler for
  signum, the wake-up descriptor of the process, the socket's mode and what can be
  read from it.

Document: not in it; its programs wait in select() and know no signal.
"""

import socket


def wait_readable_or_signal(sock: socket.socket, signum: int) -> str:
    """Sleep until `sock` is readable or signal `signum` comes; for the main thread.

    Data, the end of the stream and an error of the connection make a socket
    readable. Returns "readable" or "signal". Raises OSError or ValueError if
    the socket is closed.
    """
    raise NotImplementedError
