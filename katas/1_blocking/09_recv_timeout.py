"""1.9 recv timeout

A wait for bytes can have a limit. Silence until the limit is a third outcome
beside bytes and the end, and the connection lives on.

Fix recv_within(sock, n, seconds):
1. Wait in the kernel for bytes, at most `seconds`, whatever the socket's mode
   and timeout.
2. Return at most n bytes, as soon as any come, also those before an error.
3. Return None if nothing came, and leave the connection usable.
4. Return b"" if the peer has ended the stream.
5. For 0 seconds, look once, do not wait.
6. Let the error of a broken connection propagate, ETIMEDOUT too, which is a
   TimeoutError, like Python's own timeout.
7. Leave the socket's mode and timeout as they were, after any exception.

Document: the nearest is program 3, whose select() gives up after five seconds.
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
