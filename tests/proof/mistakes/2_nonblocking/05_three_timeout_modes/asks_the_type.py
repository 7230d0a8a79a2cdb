"""Looks for SOCK_NONBLOCK in the socket's type, where Python keeps it out since 3.7.

caught by: test_a_timeout_of_zero_is_nonblocking
words: the timeout was 0, and your function did not return 'non-blocking'
"""

import socket

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    if sock.type & socket.SOCK_NONBLOCK:
        return "timeout" if sock.gettimeout() else "non-blocking"
    return "blocking"
