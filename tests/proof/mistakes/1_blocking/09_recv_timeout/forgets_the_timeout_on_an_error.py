"""Restores the timeout after bytes and after silence, but not when an error propagates.

caught by: test_after_a_reset_the_timeout_is_as_before
words: a reset the caller's timeout is as before
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        data = sock.recv(n)
    except (TimeoutError, BlockingIOError):
        data = None
    sock.settimeout(before)
    return data
