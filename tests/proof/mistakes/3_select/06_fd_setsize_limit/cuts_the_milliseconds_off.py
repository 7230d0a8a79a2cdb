"""Makes whole milliseconds by cutting off: less than one is none.

caught by: test_less_than_a_millisecond_is_still_a_wait
words: your code rounded a timeout down to 0: a loop that calls it is a busy loop
"""

import errno
import os
import select

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    poller = select.poll()
    for fd in fds:
        poller.register(fd, select.POLLIN)
    events = poller.poll(int(timeout * 1000))
    if any(event & select.POLLNVAL for _, event in events):
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return [fd for fd, _ in events]
