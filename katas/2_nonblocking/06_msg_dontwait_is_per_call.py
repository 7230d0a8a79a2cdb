"""2.6 MSG_DONTWAIT is per call

A flag can make a single call non-blocking. O_NONBLOCK makes all calls so: those
of every thread, duplicate and child process that uses the socket.

Fix peek_now(sock, n). It looks at a blocking socket's input, which other threads
read too:
1. Return all bytes that have arrived, at most n, and leave them in the socket.
2. Return None if nothing has arrived yet.
3. Return b"" at the end of the stream, after the last bytes, at every call.
4. Let every error propagate, after the bytes that arrived before it.
5. Never wait, even if another thread reads the input just before you look.
6. Never change the socket's mode or options, even for a moment.

Open: a socket with a timeout.

Document: program 2 knows only setblocking(), which is for all calls.
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
