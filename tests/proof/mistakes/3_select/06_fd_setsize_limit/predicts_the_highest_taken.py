"""Predicts the highest number that select() takes, not the first that it refuses.

caught by: test_the_first_number_that_select_refuses_was_predicted
words: FIRST_REFUSED is your prediction; the first number that select() refuses is another one
"""

import selectors

FIRST_REFUSED = 1023


def wait_readable_fds(fds, timeout):
    with selectors.DefaultSelector() as selector:
        for fd in fds:
            selector.register(fd, selectors.EVENT_READ)
        return [key.fd for key, _ in selector.select(timeout)]
