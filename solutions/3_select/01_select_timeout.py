"""3.1 select timeout: a deadline becomes a limit just before the wait, and never a negative one.

Python documentation, select.select: the timeout is in seconds, 0 polls, None
waits without limit; a negative one is a ValueError. select(2): when the limit
is over, all three sets are empty.
"""

import select
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
    # Asked with `is`: a deadline of 0.0 is a moment like any other, but it is false.
    # max(): the deadline may have passed, and select() refuses a negative limit.
    timeout = None if deadline is None else max(0.0, deadline - clock())
    # Three lists come back, in a tuple. The tuple is true even when all three are empty.
    readable, _, _ = select.select(socks, [], [], timeout)
    return readable
