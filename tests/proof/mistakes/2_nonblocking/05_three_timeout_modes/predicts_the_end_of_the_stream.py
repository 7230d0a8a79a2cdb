"""Predicts that a non-blocking recv without input returns as at the end of the stream.

caught by: test_predict_recv_on_a_nonblocking_socket
words: fails at once with EAGAIN, and you predicted otherwise
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "returns b''", "timeout": "TimeoutError"}


def io_mode(sock):
    timeout = sock.gettimeout()
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
