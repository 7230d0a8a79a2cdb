"""6.7 sigio announces arrival

A socket can have an owner, and then the kernel sends the owner SIGIO when something
happens: bytes, the end, a reset. The program goes on with its work meanwhile. The signal
is a hint and not a count: of several that come at once, one is left. What was there before
the socket was armed is not announced.

Write SigioReceiver(sock), for a connected socket in any mode, in the main thread.
- From then on, whenever a SIGIO has been handled, `data` holds every byte that has arrived,
  in order, and `eof` says whether the stream has ended. What was there before counts too.
- Bytes may come at any moment, also while a handler runs: a handler can be interrupted by
  itself. No handler ever waits, and none raises. A connection that fails has ended, too.
- close() stops it. The handler for SIGIO, the owner of the socket, its O_ASYNC flag and its
  mode are then as they were before. data and eof stay as they are.
- The socket stays open. It belongs to the caller, and so do the bytes that arrive after
  close().
- SIGIO kills a process that has no handler for it. So at no moment, from the first step to
  the last, may a signal that you have asked for meet another handler than yours.
- There is one receiver at a time. If it cannot be made, nothing has changed.

Document: not in it; signal-driven I/O is a classic model that it does not name.
"""

import socket


class SigioReceiver:
    """Collects what arrives on a socket while the program does something else."""

    data: bytearray  # everything that has arrived
    eof: bool  # whether nothing more will come

    def __init__(self, sock: socket.socket) -> None:
        """Begin to receive; for the main thread.

        Raises OSError or ValueError if the socket is closed.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Stop receiving, and put everything back as it was."""
        raise NotImplementedError
