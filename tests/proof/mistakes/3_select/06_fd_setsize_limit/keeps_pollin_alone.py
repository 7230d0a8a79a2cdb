"""Keeps the events with POLLIN: the end of a pipe is POLLHUP without it.

caught by: test_the_end_and_an_error_are_readable
words: the pipe was closed, and your code did not return its number
"""

import errno
import os
import select

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    poller = select.poll()
    for fd in fds:
        poller.register(fd, select.POLLIN)
    events = poller.poll(timeout * 1000)
    if any(event & select.POLLNVAL for _, event in events):
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return [fd for fd, event in events if event & select.POLLIN]
