"""1.13 unread input turns close into reset

close() on a TCP socket in whose receive queue something lies unread does not
end the connection in good order: it resets it. The reset also destroys what
was sent and is still on its way to the peer.

Write lingering_close(sock, limit). It closes a connection in such a way that
the peer gets all that was sent to it, and then the end, whatever the peer has
sent itself and may still send. The peer is told first that nothing more will
come, for it may wait for that. What it still sends is thrown away, until the
peer ends its side too, or until limit bytes are thrown away: never more than
these. The function returns how many bytes it threw away.

The socket is closed on every way out.

Document: not as a subject; program 2 meets it: it drops a connection without
reading from it when anything goes wrong.
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """End sending, throw away input until the peer ends or limit bytes are gone, close.

    sock is connected and blocking; limit is in bytes. Returns the number of
    bytes thrown away, limit at most. The socket is closed on every way out,
    also when the connection breaks; whether that is raised is open.
    """
    raise NotImplementedError
