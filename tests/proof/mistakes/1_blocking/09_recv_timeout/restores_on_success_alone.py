"""Restores the timeout only when bytes came.

caught by: test_the_socket_keeps_its_mode_and_timeout
words: after silence your code left the socket with another timeout
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
