"""3.1 select timeout

select() waits for several sockets at once, and its timeout limits the wait. None
means no limit and 0 means no wait: two opposites that are easily confused.

Write wait_readable(socks, deadline, clock).
- Wait until at least one of the sockets is readable, or until clock() has reached
  the deadline.
- Return all sockets that are readable, in a list; an empty list if there are none.
- The deadline is a moment that clock() will show, not a length of time. clock()
  returns seconds, counted from wherever it likes.
- If the deadline has been reached or has passed, look once, do not wait, and return
  what is readable all the same.
- None means that there is no deadline.
- While nothing happens the thread sleeps in the kernel.
- Leave the sockets' input where it is, and their mode as it was.

Document: program 3, whose select() gives up after five seconds.
"""

import socket
from collections.abc import Callable


def wait_readable(
    socks: list[socket.socket], deadline: float | None, clock: Callable[[], float]
) -> list[socket.socket]:
    """Wait until a socket is readable, or until clock() has reached the deadline.

    `deadline` and what `clock` returns are seconds on the same scale; None is no
    deadline. Returns the readable sockets, in any order; an empty list if there
    are none by the deadline.
    """
    raise NotImplementedError
