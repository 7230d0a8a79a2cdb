"""5.4 unregister on disconnect

A connection that has ended is ready to read for ever: each select() reports it
again, until somebody takes it out of the selector. It has to leave the selector
first and be closed then, while its number is still its own.

echo_ready(selector, conn) is below, and it is wrong in several ways. Fix it. It is
called when the selector reports that conn can be read. It reads what is there and
sends it back, every byte and whatever the bytes mean; it does not wait for more.
The connection stays registered as it is, for the next bytes.

When the peer has gone, conn is unregistered and closed, and nothing is raised: the
peer may have ended its stream, or the connection is broken (ECONNRESET, EPIPE,
ETIMEDOUT), which may show when one reads or not until one sends. The other
connections of the selector go on.

conn is in blocking mode. What a peer that never reads does to everybody else is the
matter of 5.9, and not of this kata.

Document: program 5, the function read(), which is much like the one below.
"""

import selectors
import socket


def echo_ready(selector: selectors.BaseSelector, conn: socket.socket) -> None:
    """Read what has arrived on a registered connection and send it back.

    Unregisters and closes the connection when its peer has ended or reset it.
    """
    try:
        data = conn.recv(1024)
        print("received:", data.decode())
        conn.send(data)
    except Exception as error:
        print("close:", error)
        selector.unregister(conn)
        conn.close()
