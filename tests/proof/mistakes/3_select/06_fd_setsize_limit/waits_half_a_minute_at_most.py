"""Waits for half a minute at most, whatever the caller asked for.

caught by: test_it_waits_for_the_whole_timeout
words: your code gave up before the timeout was over
"""

import errno
import os
import select

FIRST_REFUSED: int | None = 1024  # FD_SETSIZE: the numbers start at 0


def wait_readable_fds(fds: list[int], timeout: float) -> list[int]:
    """Wait until some of these descriptors are readable, or the time is over.

    `fds` are different numbers of open descriptors, of any size; `timeout` is in
    seconds, 0 or more. Returns those that are readable. Raises OSError (EBADF) if
    one is not open.
    """
    poller = select.poll()
    for fd in fds:
        poller.register(fd, select.POLLIN)
    # poll() counts milliseconds. A fraction of one is rounded up, so a short wait stays a wait.
    events = poller.poll(min(timeout, 30) * 1000)
    for _, event in events:
        if event & select.POLLNVAL:
            # Not open: select() raises here, poll() tells it as an event, at once and each time.
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    # What is left is POLLIN, POLLHUP or POLLERR, and a read waits for none of them. An ended pipe
    # may have POLLHUP alone: filtering for POLLIN would never report its end.
    return [fd for fd, _ in events]
