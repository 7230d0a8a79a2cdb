"""Predicts that a non-blocking recv without input returns as at the end of the stream.

caught by: test_predict_recv_on_a_nonblocking_socket
words: your prediction was neither 'sleeps' nor the name of one of Python's exception classes
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "returns b''", "timeout": "TimeoutError"}


def io_mode(sock):
    timeout = sock.gettimeout()
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
