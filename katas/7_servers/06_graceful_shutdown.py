"""7.6 graceful shutdown

A server is to stop, and nobody is to lose anything by it. Whoever has connected
counts as a client, also when nobody has accepted the connection yet: closing a
listener resets all that wait in its queue.

The program below stops, and not gracefully. Fix it.

stop_accepting(listener) returns the connections that wait in the queue, all of them, in
their order, and closes the listener, but no copy of it elsewhere; without one, whoever
comes later is refused. It never waits, whatever the listener's mode. Skip a client that
was gone before accept() returned (ECONNABORTED), here and in serve(). Any other error
of accept() propagates, and then listener and connections are closed.

serve(listener, stop, grace) sends back to every client what it sends, and closes
the connection when the client has ended and has got everything. No client holds
up another one, and a reset is the end of one client alone. When `stop` becomes
readable it stops accepting, and serves the connections it has until the last of
them has ended; then it returns. Those that are still there after `grace` seconds
are closed. It sleeps while there is nothing to do, also while it waits for the
last ones. When an error of the listener propagates, no connection is left open.

Document: beyond it; its servers end by being killed.
Talk to yours: make run K=7.6, nc, and Ctrl-C while nc is connected.
"""

import selectors
import socket
from typing import Any


def stop_accepting(listener: socket.socket) -> list[socket.socket]:
    """Take what waits in the accept queue, in order, and close the listener.

    The caller closes the connections. Raises OSError for any failure other
    than an empty queue.
    """
    listener.close()
    return []


def serve(listener: socket.socket, stop: socket.socket, grace: float = 5.0) -> None:
    """Echo until `stop` is readable, then until the last client has ended, but at most `grace` seconds longer.

    The listener is closed by then. Raises OSError or ValueError if it fails.
    """
    with selectors.DefaultSelector() as selector:

        def close(conn: Any) -> None:
            selector.unregister(conn)
            conn.close()

        listener.setblocking(False)
        selector.register(listener, selectors.EVENT_READ)
        selector.register(stop, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                conn: Any = key.fileobj
                if conn is stop:
                    stop_accepting(listener)
                    return
                if conn is listener:
                    selector.register(listener.accept()[0], selectors.EVENT_READ)
                    continue
                data = conn.recv(65536)
                if data:
                    conn.sendall(data)
                else:
                    close(conn)
