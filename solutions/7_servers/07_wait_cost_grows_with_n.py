"""7.7 wait cost grows with n: what is handed over in each call is looked through in each call.

select(2) and poll(2) get the whole set every time, and the kernel asks every
socket in it. epoll(7) and kqueue keep the set in the kernel, and sockets that
become ready put themselves on a list: a wait looks at that list alone. So their
price is paid when a socket is registered, and when many are ready at once.
"""

import contextlib
import selectors
import socket
import statistics
import time

WAITS = 101  # an odd number: the median is a wait that has happened
KINDS = ("select", "poll", "epoll", "kqueue")


def wait_cost(kind: str, n: int) -> float:
    """Measure one wait for n idle sockets and one that is ready to be read.

    `kind` is "select", "poll", "epoll" or "kqueue". Returns the median of at
    least 101 waits, in seconds. Raises ValueError for a kind that the system
    does not have, and OSError if it cannot open as many sockets.
    """
    # A SelectSelector is a thin coat on select(), and so on; for one event it is of the same thickness whatever n is.
    waiting = getattr(selectors, f"{kind.capitalize()}Selector", None)
    if kind not in KINDS or waiting is None:
        raise ValueError(f"this system cannot wait with {kind!r}")
    with contextlib.ExitStack() as undo:
        selector = undo.enter_context(waiting())
        # A byte that nobody reads: level-triggered, it is reported again in each wait.
        ready, peer = (undo.enter_context(end) for end in socket.socketpair())
        peer.send(b"x")
        selector.register(ready, selectors.EVENT_READ)
        for _ in range(n):
            # Nobody sends to a datagram socket without an address: it is idle, and takes one descriptor and not two.
            # A new TCP socket would not do: poll() and epoll report that it has hung up.
            idle = undo.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            selector.register(idle, selectors.EVENT_READ)
        seconds = []
        for _ in range(WAITS):
            began = time.perf_counter()
            selector.select()
            seconds.append(time.perf_counter() - began)
    # The machine has other things to do, and some waits are late through no fault of theirs: they would spoil a mean.
    return statistics.median(seconds)
