"""Finds out by trying: where recv waits, so does the question.

caught by: test_sockets_are_blocking_when_they_are_made
words: still blocked in
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    try:
        sock.recv(1)
    except BlockingIOError:
        return "non-blocking"
    except TimeoutError:
        return "timeout"
    except OSError:
        pass
    return "blocking"
