"""Leaves its own timeout on the caller's socket.

caught by: test_after_bytes_the_timeout_is_as_before
words: bytes the caller's timeout is as before
"""


def recv_within(sock, n, seconds):
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except (TimeoutError, BlockingIOError):
        return None
