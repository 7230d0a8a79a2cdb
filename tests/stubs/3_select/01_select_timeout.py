"""3.1 select timeout

select() waits for several sockets at once and takes a limit: after so many
seconds it gives up, and nothing is ready. No limit at all and a limit of zero
are two more things it can be told, and they are opposites.

Write wait_readable(socks, deadline, clock). It waits until at least one of the
sockets is readable, and returns those that are, all of them, in a list. When
the deadline has come and none is readable, the list is empty.

The deadline is a moment and not a length of time: one that clock() will show.
clock is a function that returns seconds, counted from wherever it likes. A
deadline that has been reached or has passed means: look once, do not wait, and
return what is readable all the same. None means that there is no deadline.

While nothing happens the thread sleeps in the kernel. The sockets are the
caller's: their input stays where it is, and their mode as it was.

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
