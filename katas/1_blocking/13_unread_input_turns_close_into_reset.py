"""1.13 unread input turns close into reset

close() on a TCP socket with unread input does not end the connection in order.
It resets it, and destroys what is still on its way to the peer.

Write lingering_close(sock, limit):
1. First tell the peer that nothing more will come: it may wait for that.
2. Throw away what it has sent and still sends, until it ends too. Sleep while
   nothing comes, however long.
3. Throw away limit bytes at most, then stop; the limit may exceed your memory.
4. Then close the socket. Below the limit the peer gets all that was sent, and
   the end.
5. Return how many bytes were thrown away.
6. Close the socket when the connection breaks, too.

Open: raise or return when the connection breaks.

Document: program 2 closes a connection unread when anything goes wrong.
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """End sending, throw away input until the peer ends or limit bytes are gone, close.

    sock is connected and blocking; limit is in bytes. Returns the number of
    bytes thrown away, limit at most. The socket is closed on every way out,
    also when the connection breaks; whether that is raised is open.
    """
    raise NotImplementedError
