"""2.5 three timeout modes

A Python socket is in one of three modes: its calls wait without a limit, they
do not wait at all, or they wait for a limited time. The kernel knows two of
them, O_NONBLOCK unset or set; the third is made by Python.

First predict. Fill in EMPTY_RECV: what does recv(1) do in each mode, on a
connection on which nothing has arrived and nobody sends? Write "sleeps" if
only the peer can end the wait, otherwise the name of the exception's class.
The suite makes the experiment and compares.

Then write io_mode(sock). It tells in which mode a socket is: of any kind, and
whichever of Python's calls has set the mode. It only looks; the socket and
what waits in it stay as they are.

Document: program 2 switches its listener to non-blocking and remarks that
blocking is the default. Timeouts are not in it.
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": None,
    "non-blocking": None,
    "timeout": None,
}


def io_mode(sock: socket.socket) -> str:
    """Tell in which mode a socket is, without waiting and without changing it.

    Returns "blocking", "non-blocking" or "timeout".
    """
    raise NotImplementedError
