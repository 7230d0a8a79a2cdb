"""Catches TimeoutError for silence, and with it the kernel's ETIMEDOUT.

caught by: test_an_error_that_ends_the_wait_propagates
words: your code took it for silence or for the end
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
    except (TimeoutError, BlockingIOError):
        # Nothing yet: the second name is for 0 seconds, which is non-blocking mode. Both are
        # OSErrors, and so is a reset: catching OSError would make a broken connection look idle.
        return None
    finally:
        # On every way out, also when recv() raises.
        sock.settimeout(before)
