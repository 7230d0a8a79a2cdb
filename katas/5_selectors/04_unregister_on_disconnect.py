"""5.4 unregister on disconnect

A connection that has ended is readable for ever: each select() reports it again, until
somebody takes it out of the selector. It has to leave the selector first and be closed
then, while its number is still its own.

The program below is wrong in several ways. Fix echo_ready(selector, conn), which is
called when the selector reports that conn can be read. conn is in blocking mode.
- Read what is there and send it back, every byte, whatever the bytes mean. Do not wait
  for more.
- Leave the connection registered as it is, for the next bytes.
- When the peer has gone, unregister and close conn, and raise nothing. It has gone
  when it has ended its stream, or when the connection is broken (ECONNRESET, EPIPE,
  ETIMEDOUT), which may show in a read or not before a send.
- The other connections of the selector go on.

What a peer that never reads does to everybody else is a matter of 5.9, and not of this
kata.

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
