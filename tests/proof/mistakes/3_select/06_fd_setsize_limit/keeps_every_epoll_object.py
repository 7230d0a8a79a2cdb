"""Makes an epoll object for each call and closes none.

caught by: test_a_descriptor_of_any_number_is_watched
words: epoll 1 is still open
"""

import select

FIRST_REFUSED = 1024

made = []


def wait_readable_fds(fds, timeout):
    poller = select.epoll()
    made.append(poller)
    for fd in fds:
        poller.register(fd, select.EPOLLIN)
    return [fd for fd, _ in poller.poll(timeout, len(fds) + 1)]
