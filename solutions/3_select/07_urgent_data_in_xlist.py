"""3.7 urgent data in xlist: watch the third list too, and serve it first.

tcp(7): MSG_OOB reads the urgent byte; select(2): exceptional means out-of-band
data on a TCP socket. Linux holds one urgent byte for a connection, and forgets
it when the normal reader has gone past its place. RFC 6093 advises against
urgent data in new protocols.
"""

import select
import socket

PIECE = 65536  # bytes for one recv()


def read_urgent(sock: socket.socket) -> tuple[bytes, bytes]:
    """Read a TCP stream to its end, the urgent bytes apart from the others.

    Returns the normal bytes and the urgent bytes. Raises OSError if the
    connection fails. The caller's socket stays open.
    """
    normal, urgent = bytearray(), bytearray()
    while True:
        # Asking for MSG_OOB without knowing that there is some is EINVAL: wait for both at once.
        readable, _, exceptional = select.select([sock], [], [sock])
        if exceptional:
            # First, because the urgent byte may be the next in the stream: recv() would pass over it.
            # It has to be taken even so: the socket stays exceptional as long as it is there.
            urgent += sock.recv(1, socket.MSG_OOB)
        if readable:
            # Ends in front of the next urgent byte, so what comes just now is not passed over.
            # It does not wait, whatever the socket's mode, since select() said readable.
            piece = sock.recv(PIECE)
            if not piece:
                return bytes(normal), bytes(urgent)
            normal += piece
