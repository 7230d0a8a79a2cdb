"""7.7 wait cost grows with n

Thousands of clients are connected, and one of them says something. What does it
cost to be told which one? In each call select() and poll() are handed every
descriptor. To epoll and kqueue each is handed once, and the kernel keeps it.

Write the measurement. wait_cost(kind, n) returns what one wait costs, in seconds.
Take "select", "poll", "epoll" or "kqueue" as kind: the call itself, or its selector.
Raise ValueError for a kind that the system does not have.
Open n idle sockets of any sort, and one more that is ready to be read.
Watch all n + 1 for reading; register them once, before the first wait.
Wait at least 101 times; let each wait report one event, no more.
Read a clock of the module time right before each wait and right after it.
Return the median of these times.
Close whatever you have opened, also when an OSError propagates: too few descriptors.

The measurement below is wrong: with it, epoll looks no better than the others.
Fix it. The tests set the clock, and count what is handed to the kernel. Then see
for yourself how long it takes here: print wait_cost() of each kind for 10, 100, 1,000.

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
