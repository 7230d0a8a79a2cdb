"""Sets the socket to non-blocking to see whether the flag changes, and leaves it so.

caught by: test_asking_is_only_looking
words: your function changed the socket's mode
breaks: 4
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    timeout = sock.gettimeout()
    sock.setblocking(False)
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
