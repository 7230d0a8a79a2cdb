"""Respects the caller's mode: a non-blocking socket is not waited for.

caught by: test_a_non_blocking_socket_waits_too
words: recv_within() did not wait
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    if sock.getblocking():
        sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except (TimeoutError, BlockingIOError):
        return None
    finally:
        sock.settimeout(before)
