"""Uses epoll with its usual number of events: the ready ones above it are not in the answer.

caught by: test_more_than_a_thousand_at_once
words: 1,100 descriptors were readable at once, and your code did not return each of them once
"""

import select

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    with select.epoll() as poller:
        for fd in fds:
            poller.register(fd, select.EPOLLIN)
        return [fd for fd, _ in poller.poll(timeout)]
