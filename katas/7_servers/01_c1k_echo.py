"""7.1 C1K echo

A whole program: an echo server that holds a thousand clients and more at once, in one
thread, and sleeps while they are silent. What a client sends it gets back, byte for byte.

The program below does that for a few clients that mean well. Fix serve(listener, stop):
it serves until `stop` is readable. Then it returns at once; the connections are closed,
the listener stays open, in the mode it had, and `stop` is the caller's, too. So it is on
every other way out: an error of the listener itself propagates, like Ctrl-C.

However many there are, and whatever numbers their descriptors have, all are served. No
call waits for one client. What finds no room follows when there is room, also when the
client has ended its side. While more than 256 KiB is pending for it nothing is read from
it; once it has read most of that, it is heard again. Who has ended and got everything, or
resets, in whatever call that shows, is closed, and nobody else loses a byte. Somebody
else may take a client from the queue; skip one that was gone before accept() returned
(ECONNABORTED), too.

A process may open so many descriptors and no more. At that limit the server neither ends
nor turns without a pause: it serves those it has, and when somebody has gone it takes new
clients again within a second or so. Who comes meanwhile may wait in the queue, or be sent away.

Document: beyond it; program 5 put right, for many. Talk to yours: make run K=7.1, and nc.
"""

import select
import socket


def serve(listener: socket.socket, stop: socket.socket) -> None:
    """Send back to every client of a listener what it has sent, in one thread, until `stop` is readable.

    Both sockets stay the caller's. Raises OSError or ValueError if the listener fails.
    """
    connections: list[socket.socket] = []
    while True:
        readable, _, _ = select.select([stop, listener, *connections], [], [])
        for sock in readable:
            if sock is stop:
                return
            if sock is listener:
                conn, _ = listener.accept()
                connections.append(conn)
                continue
            data = sock.recv(4096)
            if not data:
                connections.remove(sock)
                sock.close()
            else:
                sock.sendall(data)
