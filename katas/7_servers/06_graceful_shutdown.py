"""7.6 graceful shutdown

A server should stop without loss for anybody. A client counts from the moment it has connected,
also if nobody has accepted it yet: closing a listener resets all clients in its queue.

The program below stops, and not gracefully. Fix it.

stop_accepting(listener):
- Return the connections that wait in the queue, all of them, in their order.
- Close the listener, but no copy of it elsewhere. Without a copy, later clients are refused.
- Never wait, whatever the listener's mode.
- Skip a client that was gone before accept() returned (ECONNABORTED), here and in serve(). Let any
  other error of accept() propagate, with the listener and the connections closed.

serve(listener, stop, grace):
- Send back to every client what it sends. Close its connection when it has ended and received
  everything. No client holds up another one, and a reset ends one client alone.
- When `stop` becomes readable stop accepting, and serve the connections that you have until the
  last of them has ended; then return. Close those that are still there after `grace` seconds.
- Sleep while there is nothing to do, also while you wait for the last ones.
- When an error of the listener propagates, no connection is left open.

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
