"""Restores the timeout after OSError and on success, but not after another exception (ValueError, or one from a signal handler).

caught by: test_an_exception_of_any_kind_leaves_mode_and_timeout_as_they_were
words: after Ctrl-C your code left the socket with another timeout
"""

import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        data = sock.recv(n)
    except OSError as error:
        sock.settimeout(before)
        if isinstance(error, BlockingIOError):
            return None
        if isinstance(error, TimeoutError) and error.errno is None:
            return None
        raise
    sock.settimeout(before)
    return data
