"""1.9 recv timeout: tell silence from the end, and give the socket back as it was.

Python documentation, socket, "Notes on socket timeouts": a socket is in
blocking, non-blocking or timeout mode, and settimeout() switches between them.
With a timeout recv() raises TimeoutError when it passes; with 0 it raises
BlockingIOError at once. Neither does anything to the connection. A reset does,
and so does ETIMEDOUT (tcp(7), TCP_USER_TIMEOUT): those errors propagate.
"""

import errno
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    """Read at most `n` bytes, waiting no longer than `seconds` for the first of them.

    Returns the bytes; b"" at the end of the stream; None if nothing came in
    time. Raises OSError if the connection is broken. The socket's timeout is
    as before on every way out.
    """
    # None, 0.0 or seconds: gettimeout() tells all three modes apart, getblocking() only two.
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except (TimeoutError, BlockingIOError) as error:
        # One class for two things since 3.10: Python's own timeout, which has no errno, and the kernel's
        # ETIMEDOUT, which has given the connection up. BlockingIOError is silence too, where seconds is 0.
        if error.errno == errno.ETIMEDOUT:
            raise
        return None
    finally:
        # On every way out, also when recv() raises.
        sock.settimeout(before)
