"""1.9 recv timeout

A wait for bytes can have a limit. Silence until the limit is then a third
outcome of a read, beside bytes and the end, and the connection lives on.

Fix recv_within(sock, n, seconds). It waits for bytes, for so many seconds at
most, and returns as soon as there are any: at most n of them. It returns None
if nothing came, and b"" if the peer has ended the stream. 0 seconds means: look
once, do not wait. The error of a broken connection propagates: ECONNRESET, and
also ETIMEDOUT, when the kernel has given the connection up. Since Python 3.10
that one is a TimeoutError, as a timeout of Python's own is.

The caller's socket comes in any mode, with or without a timeout of its own,
and has the same mode and timeout again afterwards, however the call ends.

Document: not in it; the nearest is program 3, whose select() gives up after
five seconds.
"""

import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    """Read at most `n` bytes, waiting no longer than `seconds` for the first of them.

    Returns the bytes; b"" at the end of the stream; None if nothing came in
    time. Raises OSError if the connection is broken. The socket's timeout is
    as before on every way out.
    """
    sock.settimeout(seconds)
    try:
        data = sock.recv(n)
    except OSError:
        return b""
    sock.setblocking(True)
    return data
