"""Asks for the default timeout, which is not this socket's.

caught by: test_the_default_timeout_counts_when_the_socket_is_made
words: the second socket was made with a default timeout, the third with one of 0: your function said otherwise
"""

import socket

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    if not sock.getblocking():
        return "non-blocking"
    if socket.getdefaulttimeout() is not None or sock.gettimeout() is not None:
        return "timeout"
    return "blocking"
