"""1.11 half close: end one direction, keep the other.

shutdown(2) with SHUT_WR sends FIN after everything that was sent before it and
leaves the receiving direction as it is; close(2) gives up both.
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    """Send a request, end it, and return the whole reply.

    address is a host and a port. Raises OSError if nobody listens there or the
    connection breaks; no socket stays open.
    """
    # The context manager closes on every way out, errors included.
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        # The server's recv() now returns b"" after the request. It acts on the connection,
        # so it works whatever duplicates or file objects of this socket are still open.
        sock.shutdown(socket.SHUT_WR)
        pieces: list[bytes] = []
        # A reply without a length is over when the server ends its direction, and not
        # before: one recv() returns what happens to be there. A reset raises.
        while piece := sock.recv(65536):
            pieces.append(piece)
        return b"".join(pieces)
