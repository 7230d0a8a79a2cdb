"""2.6 MSG_DONTWAIT is per call

Whether a call may wait can be settled for the descriptor, by O_NONBLOCK, or
for a single call, by a flag. The descriptor's setting holds for everybody who
uses the connection: other threads, duplicates, child processes.

peek_now(sock, n) shall look at the input of a blocking socket: it returns up
to n bytes of what is there and leaves them there, None if nothing is there
yet, b"" at the end of the stream. An error propagates to the caller.

It never waits, and it never touches the socket's mode, not for a moment. Other
threads read from the same socket: what was there a moment ago may be gone.

The program is there, and wrong. Fix it.

Document: not in it; program 2 knows setblocking() alone.
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    """Look at up to `n` bytes of a blocking socket's input, n > 0, without waiting.

    Returns the bytes, which stay in the receive queue; b"" at the end of the
    stream; None if nothing has arrived. Raises OSError if the connection has
    failed.
    """
    sock.setblocking(False)
    try:
        data = sock.recv(n)
    except OSError:
        return None
    finally:
        sock.setblocking(True)
    return data or None
