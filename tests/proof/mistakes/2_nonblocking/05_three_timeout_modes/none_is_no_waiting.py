"""Takes None for "waits no time", as if it were 0.

caught by: test_sockets_are_blocking_when_they_are_made
words: timeout was ever set here: a wait has no limit
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    return "timeout" if sock.gettimeout() else "non-blocking"
