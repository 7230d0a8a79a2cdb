"""7.1 C1K echo

A whole program: an echo server that holds a thousand clients and more at once, in one
thread, and sleeps while they are silent.

The program below does that for a few clients that mean well. Fix serve(listener, stop):
- Send back to each client what it sends, byte for byte. Serve all, however many there are,
  and whatever numbers their descriptors have.
- Serve until `stop` is readable, then return at once. Close the connections. Leave the
  listener open, in the mode it had, and `stop` to the caller. Do the same on every other way
  out: an error of the listener itself propagates, and so does Ctrl-C.
- Never wait for one client. Send what finds no room when there is room, also when the client
  has ended its side. While more than 256 KiB is pending for it, read nothing from it; read
  again once it has read most of that.
- Close a client when it has ended and received everything, or when any call on it reports a
  reset. No other client loses a byte.
- Somebody else may take a client from the queue. Skip one that was gone before accept()
  returned (ECONNABORTED), too.
- A process may open so many descriptors and no more. At that limit do not end, and do not
  turn without a pause: serve the clients that you have, and when one has gone take new ones
  again within a second or so. Clients that come meanwhile may wait in the queue, or be sent
  away.
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
