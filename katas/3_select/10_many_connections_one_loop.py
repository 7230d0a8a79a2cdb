"""3.10 many connections one loop

One thread serves many connections if it remembers what it has to know about each
one, and no call ever waits for one of them while the others need it.

The class below is an echo server, and is wrong in several places. Fix
EchoServer(listener). It sends back to each client what that client has sent, byte
for byte and in order.
- step() waits until there is something to do, asleep in the kernel. Then it serves
  every connection that is ready, at most 64 KiB of its input, and returns.
- addresses holds every open connection, from its accept() on, with the address of
  its client.
- A client that has ended gets what is left for it. Then, or if the connection
  breaks, close it and take it out of addresses.
- A client that resets, is gone before it is accepted, or does not read what comes
  back, neither ends nor stops the server. Somebody else may take a client from the
  queue before you do.
- Skip a client that was gone before accept() returned (ECONNABORTED). Let every
  other error of accept() propagate.
- close() closes the connections. The listener is the caller's: it is open after
  that, and in the mode in which it came.

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
