"""3.10 many connections one loop

One thread serves many connections, if it knows of each one what it has to
know, and no call ever waits for one of them while the others need it.

The class below is such a server, an echo, and is wrong in several places. Fix
it. EchoServer(listener) serves the clients of a listener: what one sends, it
gets back, byte for byte and in order. A step waits until there is something to
do, then sees to every connection that is ready, at most 64 KiB of its input,
and returns. While there is nothing to do it sleeps in the kernel.

addresses holds every open connection, from its accept() on, with the address of
its client. A client that has ended gets what is left for it; then, or if the
connection breaks, it is closed and taken out. A client that resets, is gone
before it is accepted, or does not read what comes back neither ends nor stops
the server. Skip one that was gone before accept() returned (ECONNABORTED);
every other error of accept() propagates. Somebody else may take a client from
the queue before you do.

close() closes the connections. The listener belongs to the caller, who finds it
open after that, and in the mode in which it came.

Document: program 4, the server; the operator who answers by hand is left out.
"""

import select
import socket


class EchoServer:
    """Sends back to each client what it has sent, in one thread."""

    def __init__(self, listener: socket.socket) -> None:
        """Take a listening socket, in any mode; it stays the caller's."""
        self.addresses: dict[socket.socket, tuple[str, int]] = {}
        self.address = ("", 0)
        self.watched = [listener]

    def step(self, timeout: float | None = None) -> None:
        """Wait until something is ready, at most `timeout` seconds, None without limit, and handle that once.

        Raises OSError if the listener fails.
        """
        readable, _, _ = select.select(self.watched, [], [], timeout)
        for sock in readable:
            if sock == self.watched[0]:
                conn, self.address = sock.accept()
                self.watched.append(conn)
            else:
                text = sock.recv(1024).decode()
                self.addresses[sock] = self.address
                sock.send(text.encode())

    def close(self) -> None:
        """Close every connection."""
        for sock in self.watched:
            sock.close()
