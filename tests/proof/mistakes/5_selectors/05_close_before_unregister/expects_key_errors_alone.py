"""Expects KeyError for all that is unknown.

caught by: test_it_may_be_dropped_again_and_again
words: ValueError: Invalid file descriptor: -1
"""


def drop(selector, sock):
    try:
        selector.unregister(sock)
    except KeyError:
        pass
    sock.close()
