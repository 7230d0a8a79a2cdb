"""Reads through a buffered file whose buffer is as big as n: after a cut it reads ahead and drops what follows.

caught by: test_the_last_piece_is_not_taken_too_large
words: your code took bytes of the next message out of the kernel
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    if n == 0:
        return b""
    # A buffer of n bytes: the file cannot read more than n.
    with sock.makefile("rb", buffering=n) as stream:
        data = stream.read(n)
    if len(data) < n:
        raise EOFError(f"stream ended after {len(data)} of {n} bytes")
    return data
