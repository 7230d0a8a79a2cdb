"""Restores the timeout after bytes and after silence, but not when an error propagates.

caught by: test_the_socket_keeps_its_mode_and_timeout
words: after a reset your code left the socket with another timeout
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
