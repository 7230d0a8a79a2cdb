"""7.7 wait cost grows with n

Thousands of clients are connected, and one of them says something. What does it
cost to be told which one? With select() and poll() the more the more clients
are silent; with epoll, and kqueue where that is to be had, always the same.

Write the measurement. wait_cost(kind, n) returns what one wait costs in seconds,
for n idle sockets and one that is ready: the median of at least 101 waits, each
of them timed by itself. kind is the call: "select", "poll", "epoll" or "kqueue",
used as it is or by way of the module selectors. In every wait the same n + 1 open
sockets, of any sort, are watched for reading; one event is reported, no more. What
is done once, to open and to register, is no part of a wait and not measured.

A kind that the system does not have is a ValueError. Whatever was opened is closed
again, also when there are not enough descriptors and the OSError gets out.
The clock is one of the module time's; time.perf_counter() is made for this.

The measurement below is wrong: with it, epoll looks no better than the others.
Mend it, then see for yourself: print wait_cost() of each kind for 10, 100, 1,000.

Document: beyond it; its prose names select and epoll, and no difference.
"""

import select
import socket
import time


def wait_cost(kind: str, n: int) -> float:
    """Measure one wait for n idle sockets and one that is ready to be read.

    `kind` is "select", "poll", "epoll" or "kqueue". Returns the median of at
    least 101 waits, in seconds. Raises ValueError for a kind that the system
    does not have, and OSError if it cannot open as many sockets.
    """
    began = time.perf_counter()
    pairs = [socket.socketpair() for _ in range(n + 1)]
    for _, peer in pairs:
        peer.send(b"x")
    for _ in range(101):
        if kind == "select":
            select.select([sock for sock, _ in pairs], [], [])
        else:
            poller = select.poll() if kind == "poll" else select.epoll()
            for sock, _ in pairs:
                poller.register(sock, select.POLLIN)
            poller.poll()
    seconds = (time.perf_counter() - began) / 101
    for sock, peer in pairs:
        sock.close()
        peer.close()
    return seconds
