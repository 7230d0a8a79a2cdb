"""2.5 three timeout modes

A Python socket has one of three modes: its calls wait without a limit, do not
wait at all, or wait for a limited time. The kernel knows only two, O_NONBLOCK
set or not; the third is made by Python.

Fill in EMPTY_RECV, then write io_mode(sock):
1. Predict what recv(1) does in each mode if nothing has arrived and nobody
   sends: "sleeps" if only the peer can end the wait, else the name of the
   exception class. The suite compares this with the kernel.
2. Return the mode of a socket of any kind: "blocking", "non-blocking" or
   "timeout".
3. Return the mode that it has now, whichever Python call has set it.
4. Only look: leave the mode and the input alone, and never wait.

Document: program 2 makes its listener non-blocking.
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
