"""1.9 recv timeout: tell silence from the end, and give the socket back as it was.

Python documentation, socket, "Notes on socket timeouts": a socket is in
blocking, non-blocking or timeout mode, and settimeout() switches between them.
With a timeout recv() raises TimeoutError when it passes; with 0 it raises
BlockingIOError at once. Neither does anything to the connection. A reset does,
and so does ETIMEDOUT (tcp(7), TCP_USER_TIMEOUT): those errors propagate.
"""

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
    except BlockingIOError:
        return None  # nothing yet, with 0 seconds: that is non-blocking mode
    except TimeoutError as error:
        # One class for two things since 3.10. The kernel's ETIMEDOUT has an errno: it has given the
        # connection up. Python's own timeout has none: the peer is silent, and nothing is broken.
        if error.errno is not None:
            raise
        return None
    finally:
        # On every way out, also when recv() raises.
        sock.settimeout(before)
