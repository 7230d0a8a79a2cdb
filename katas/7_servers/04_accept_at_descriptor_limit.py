"""7.4 accept at the descriptor limit

A process may open so many descriptors and no more. At that limit accept() raises EMFILE, and
the client stays in the queue. The listener stays readable, and a loop that waits for it turns
without a pause, for a client that it can neither take nor send away.

Fix the Acceptor, which keeps a descriptor in reserve for that. Its owner calls accept() when
the listener is readable, and gets the next connection, or None in these cases:

- nobody is in the queue, or somebody else was faster;
- the client was gone before accept() returned (ECONNABORTED);
- the limit is reached. Then each call accepts the next client all the same and closes its
  connection at once, so that the client knows. Once a descriptor is free again, the next client
  in the queue is accepted as always.

Each call finds the reserve in its place, and leaves one there, also when the limit was reached
and nobody was in the queue. It may be missing only if another thread has taken the number
meanwhile; then accept() returns None, and has a new reserve when there is room.

Let any other error propagate. Never wait: the listener comes non-blocking, and stays so. It is
the caller's. close() gives the reserve back, and closes nothing else; twice does no harm.

Document: not in it; program 2 takes every error of accept() for an empty queue.
"""

import os
import socket


class Acceptor:
    """Accepts clients, and sends one away for each call when no descriptor is left."""

    def __init__(self, listener: socket.socket) -> None:
        """Take a non-blocking listener, and a descriptor in reserve; raises OSError if there is none."""
        self._listener = listener
        self._reserve = os.open(os.devnull, os.O_RDONLY)

    def accept(self) -> socket.socket | None:
        """The next connection; None if nobody is in the queue, or somebody was sent away.

        Raises OSError or ValueError if the listener fails.
        """
        try:
            conn, _ = self._listener.accept()
        except OSError:
            os.close(self._reserve)
            conn, _ = self._listener.accept()
            conn.close()
            return None
        return conn

    def close(self) -> None:
        """Give the reserve back."""
        os.close(self._reserve)
