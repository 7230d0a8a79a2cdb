"""Assumes that the connection has the listener's mode, as program 2 of the document does.

caught by: test_the_kernel_has_the_connection_non_blocking
words: your code did not set O_NONBLOCK on the connection: a read from it may sleep
"""


def accept_nonblocking(listener):
    return listener.accept()
