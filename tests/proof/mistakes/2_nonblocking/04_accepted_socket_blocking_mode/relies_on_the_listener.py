"""Takes it that the connection has the listener's mode, as program 2 of the document does.

caught by: test_the_kernel_has_it_non_blocking
words: O_NONBLOCK is not set on the connection: a read from it may sleep
"""


def accept_nonblocking(listener):
    return listener.accept()
