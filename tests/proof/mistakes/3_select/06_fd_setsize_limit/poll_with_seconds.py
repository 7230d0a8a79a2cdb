"""Hands seconds to poll(), which counts milliseconds.

caught by: test_it_waits_for_the_whole_timeout
words: your code gave up before the timeout was over
"""

import errno
import os
import select

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    poller = select.poll()
    for fd in fds:
        poller.register(fd, select.POLLIN)
    events = poller.poll(timeout)
    if any(event & select.POLLNVAL for _, event in events):
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return [fd for fd, _ in events]
