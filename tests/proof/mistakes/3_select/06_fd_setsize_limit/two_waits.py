"""Waits with select() for what it takes, and then with poll() for the rest.

caught by: test_one_that_is_ready_ends_the_wait_for_all
words: one descriptor was ready from the start, and your code waited for the idle ones
"""

import errno
import os
import select

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    low = [fd for fd in fds if fd < FIRST_REFUSED]
    high = [fd for fd in fds if fd >= FIRST_REFUSED]
    readable, _, _ = select.select(low, [], [], timeout)
    poller = select.poll()
    for fd in high:
        poller.register(fd, select.POLLIN)
    events = poller.poll(0 if readable else timeout * 1000)
    if any(event & select.POLLNVAL for _, event in events):
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return readable + [fd for fd, _ in events]
