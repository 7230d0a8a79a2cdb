"""Predicts that a timeout ends as EAGAIN does, because O_NONBLOCK is set.

caught by: test_predict_recv_on_a_socket_with_a_timeout
words: recv() waits until Python ends the wait, and you predicted otherwise
breaks: 1
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "BlockingIOError"}


def io_mode(sock):
    timeout = sock.gettimeout()
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
