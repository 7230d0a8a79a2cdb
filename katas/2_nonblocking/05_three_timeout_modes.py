"""2.5 three timeout modes

A Python socket has one of three modes: its calls wait without a limit, do not
wait at all, or wait for a limited time. The kernel knows two, O_NONBLOCK set
or not; the third is made by Python.

Fill in EMPTY_RECV, then write io_mode(sock):
1. Predict what recv(1) does in each mode if nothing has arrived and nobody
   sends: "sleeps" if only the peer can end the wait, else the exception class's
   name, as in "KeyError".
2. Return the mode of any open socket: "blocking", "non-blocking" or "timeout".
3. Return the mode that it has now, whichever method of socket or default
   timeout has set it.
4. Leave O_NONBLOCK, the timeout and the input alone, and never wait.

Open: what to return after os.set_blocking() or a duplicate has changed
O_NONBLOCK.
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
