"""1.2 backlog holds second client

The kernel completes connections and stores what clients send, without any
accept(). They wait in the listener's queue; the backlog limits its length.

Complete open_listener(backlog):
1. Return a new listening TCP socket at each call, with no other descriptor on
   it.
2. Listen on 127.0.0.1 only.
3. Let the kernel choose the port.
4. Pass the kernel exactly this backlog, 0 too. The kernel itself cuts one that
   is too large.
5. If a step fails, leave no socket open and let the kernel's OSError propagate.
   The given code does both.
6. Predict before you run anything: five clients connect in turn to a listener
   with backlog 1, and nobody accepts. Set ADMITTED to how many connections
   Linux completes.

Open: a backlog beyond a C int.

Document: program 1's second client connects too, and waits.
"""

import socket

ADMITTED: int | None = None  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    """Open a TCP listener on 127.0.0.1, on a free port, with this backlog.

    `backlog` is 0 or more, the number that the kernel is given. Returns the
    listening socket; the caller closes it. Raises OSError if a step fails, and
    then leaves no socket open.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        raise NotImplementedError  # your calls on the listener go here
    except BaseException:
        # The caller gets no socket, so nobody else could close this one.
        listener.close()
        raise
    return listener
