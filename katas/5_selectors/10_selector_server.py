"""5.10 selector server

A whole program: an echo server with callbacks, in one thread. What a client
sends it gets back, byte for byte, whatever the bytes are.

The program below set out to be that, and is wrong in several places. Mend it:
serve(listener, selector) registers the listener and every connection with a
callback as data, and calls key.data(key.fileobj, mask) for each event that
select() reports, once. The caller may have registered more; that is called too.

No call waits for a client. What finds no room follows when there is room, also
when the client has ended its side meanwhile. While more than 256 KiB is pending
for a client nothing is read from it; once it has read most of that, it is heard
again. Who has ended and got everything, or resets, in whatever call that shows,
is unregistered and closed, and nobody else loses a byte. Somebody else may take
a client from the queue. While there is nothing to do it sleeps in the kernel.

An error that is not a client's gets out. Then, and at Ctrl-C, every connection
is closed, nothing of the server's is left in the selector, and the listener is
in the mode in which it came. A selector that was passed in stays open. Without
one serve() makes its own, and closes it.

Document: program 5, whole. Talk to yours: make run K=5.10, and nc.
"""

import logging
import selectors
import socket

LOG = logging.getLogger("echo")


def serve(listener: socket.socket, selector: selectors.BaseSelector | None = None) -> None:
    """Send back to every client of a listener what it has sent, in one thread, for ever.

    `selector` stays the caller's; without one serve() makes a DefaultSelector.
    Raises OSError or ValueError if the listener fails, and whatever a callback
    of the caller's raises.
    """
    watched = selector or selectors.DefaultSelector()

    def accept(door: socket.socket, mask: int) -> None:
        conn, address = door.accept()
        LOG.debug("%s has come", address)
        watched.register(conn, selectors.EVENT_READ, echo)

    def echo(conn: socket.socket, mask: int) -> None:
        try:
            data = conn.recv(1024)
            LOG.debug("somebody says %s", data.decode())
            conn.send(data)
        except Exception:
            watched.unregister(conn)
            conn.close()

    watched.register(listener, selectors.EVENT_READ, accept)
    while True:
        for key, mask in watched.select():
            key.data(key.fileobj, mask)
