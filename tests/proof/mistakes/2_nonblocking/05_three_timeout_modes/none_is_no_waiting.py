"""Takes None for 'does not wait', as if it were 0.

caught by: test_sockets_are_blocking_when_they_are_made
words: no timeout was ever set, and your function did not return 'blocking'
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    return "timeout" if sock.gettimeout() else "non-blocking"
