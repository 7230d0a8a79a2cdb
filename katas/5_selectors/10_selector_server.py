"""5.10 selector server

A whole program: an echo server with callbacks, in one thread, and its client.

It is wrong in several places. Fix serve(listener, selector), which sends back to each
client what that client sends, byte for byte, whatever the bytes are:
- Register the listener and every connection with a callback as data, and call
  key.data(key.fileobj, mask) once for each event that select() reports. The caller may
  have registered more: call that too.
- Never wait for a client. Send what finds no room when there is room, also when the
  client has ended its side. While more than 256 KiB is pending for it, read nothing
  from it; read again once it has read most of that.
- Unregister and close a client that has ended and received everything, or whose reset
  shows in any call. No other client loses a byte. Skip one that was gone before accept()
  returned (ECONNABORTED). Somebody else may take a client from the queue.
- While idle, sleep in the kernel.
- Let an error that is not a client's propagate. Then, and at Ctrl-C, close every
  connection, take all that is yours out of the selector, and give the listener its mode
  back. Without a selector make one, and close that one alone.
echo(address, data), the client, takes the echo while it sends, ends its side, and returns
what came up to the end of the stream. It always closes; errors propagate.
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
        watched.register(conn, selectors.EVENT_READ, answer)

    def answer(conn: socket.socket, mask: int) -> None:
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


def echo(address: tuple[str, int], data: bytes) -> bytes:
    """Send data to the echo server at `address`, and return all that comes back.

    Raises ConnectionRefusedError if nobody listens there, ConnectionResetError
    or BrokenPipeError if the server resets; no socket is left open.
    """
    client = socket.create_connection(address)
    client.sendall(data)
    answer = client.recv(len(data))
    client.close()
    return answer
