"""Restores the timeout only when bytes came.

caught by: test_after_silence_the_timeout_is_as_before
words: silence the caller's timeout is as before
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        data = sock.recv(n)
    except (TimeoutError, BlockingIOError):
        return None
    sock.settimeout(before)
    return data
