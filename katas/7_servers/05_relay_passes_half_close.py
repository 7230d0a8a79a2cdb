"""7.5 relay passes half close

A relay stands between two peers and passes on what each of them says. A stream has two
directions that end one by one, so a relay passes on each end, too.

Below are a relay and a program round it, both wrong in several places. Fix them.

relay(a, b):
- Pass on all bytes both ways, in order. When one side ends, the other one sees that end, after
  every byte that came before it, and may still answer at length.
- When both have ended, or one resets, in whatever call that shows, close both sockets and
  return; a reset is not an error here.
- A side that does not read holds up its own direction alone. What it does not take stays with
  the sender: keep no more than 256 KiB of it in the relay.
- While there is nothing to pass on, sleep in the kernel. The sockets come in either mode.

serve(listener, stop, upstream) relays every client to a connection of its own to `upstream`, all
at the same time, in threads or in one loop. If that connection fails, for want of a descriptor
too, close the client and say nothing. When `stop` becomes readable close every connection and
return. Skip a client that was gone before accept() returned (ECONNABORTED); let every other error
of accept() propagate. Leave the listener to the caller, in the mode in which it came.

Document: beyond it. Its programs end a connection in both directions at once.
Talk to yours: make run K=5.10 PORT=7071, then make run K=7.5 TO=7071, and nc -N.
"""

import select
import socket


def relay(a: socket.socket, b: socket.socket) -> None:
    """Pass on everything between two connected sockets until both have ended; closes both."""
    while True:
        readable, _, _ = select.select([a, b], [], [])
        for source in readable:
            sink = b if source is a else a
            data = source.recv(65536)
            if not data:
                a.close()
                b.close()
                return
            sink.sendall(data)


def serve(listener: socket.socket, stop: socket.socket, upstream: tuple[str, int]) -> None:
    """Relay every client of a listener to `upstream`, a host and a port, until `stop` is readable.

    Raises OSError or ValueError if the listener fails; no connection is left open.
    """
    while True:
        readable, _, _ = select.select([listener, stop], [], [])
        if stop in readable:
            return
        client, _ = listener.accept()
        relay(client, socket.create_connection(upstream))
