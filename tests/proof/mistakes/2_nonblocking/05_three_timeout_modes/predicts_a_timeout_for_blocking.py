"""Predicts that a blocking recv gives up some day.

caught by: test_predict_recv_on_a_blocking_socket
words: only the peer can end its wait, and you predicted otherwise
"""

EMPTY_RECV = {"blocking": "TimeoutError", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    timeout = sock.gettimeout()
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
