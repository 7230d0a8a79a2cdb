"""3.6 FD_SETSIZE limit

select() takes only descriptors whose numbers are below a limit, however few it is
given. A process with many open descriptors reaches that limit some day. poll() and
epoll have no such limit; with them it is the program that has to be right.

Fix wait_readable_fds(fds, timeout), which somebody has begun to move off select().
- Watch descriptors of any number. Wait until at least one of them is readable, at
  most `timeout` seconds.
- Return all that are readable, each once, in any order; an empty list when the time
  is over.
- Readable means what it means for select(): a read would not wait, because there is
  data, or the end of the stream, or an error.
- If nothing is open under a number, 0 or more, raise OSError EBADF.
- Wait once for all of them, asleep in the kernel. Do not wait at all if one is ready
  or the timeout is 0. With nothing to watch, wait too.
- Read nothing.

And predict, before you run anything: which is the lowest number that select()
refuses? Write it into FIRST_REFUSED; the test tries.

Document: not in it; program 4 hands all its connections to select().
"""

import select

FIRST_REFUSED: int | None = None  # the lowest descriptor number that select() does not take


def wait_readable_fds(fds: list[int], timeout: float) -> list[int]:
    """Wait until some of these descriptors are readable, or the time is over.

    `fds` are different numbers of open descriptors, of any size; `timeout` is in
    seconds, 0 or more. Returns those that are readable. Raises OSError (EBADF) if
    one is not open.
    """
    readable: list[int] = []
    low = [fd for fd in fds if fd <= 1024]
    high = [fd for fd in fds if fd > 1024]
    if low:
        readable, _, _ = select.select(low, [], [], timeout)
    if high:
        poller = select.poll()
        for fd in high:
            poller.register(fd, select.POLLIN)
        readable += [fd for fd, event in poller.poll(timeout) if event & select.POLLIN]
    return readable
