"""Returns whatever poll() reports, a number that is not open too.

caught by: test_a_number_that_nobody_has_is_an_error
words: no descriptor was open under this number, and your code raised no EBADF
"""

import select

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    poller = select.poll()
    for fd in fds:
        poller.register(fd, select.POLLIN)
    return [fd for fd, _ in poller.poll(timeout * 1000)]
