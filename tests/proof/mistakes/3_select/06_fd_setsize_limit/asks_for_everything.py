"""Registers without saying for what: poll() then reports what is writable too.

caught by: test_all_that_are_readable_are_returned
words: two of the four were readable, and your code did not return those two
"""

import errno
import os
import select

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    poller = select.poll()
    for fd in fds:
        poller.register(fd)
    events = poller.poll(timeout * 1000)
    if any(event & select.POLLNVAL for _, event in events):
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return [fd for fd, _ in events]
