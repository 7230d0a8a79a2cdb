"""1.4 recv splits messages: n is the most that recv returns, never a promise.

recv(2), RETURN VALUE: the number of bytes received, and 0 when the peer has closed
its side. MSG_WAITALL waits for all, but a signal, an error, the end, or a timeout on
the socket still cuts it short; so the length has to be looked at in any case.
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket.

    `n` is a number of bytes, 0 or more. Raises EOFError if the stream ends
    before, and OSError if the connection fails.
    """
    data = bytearray()
    while len(data) < n:
        # Ask for what is missing and never for more: a byte taken too early is lost for
        # whoever reads this socket next. A huge n does not need a huge buffer at once.
        piece = sock.recv(min(n - len(data), 65536))
        if not piece:
            # Only the empty piece is the end; any other, however short, is not.
            raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
        data += piece
    return bytes(data)
