"""Registers all sockets before each wait, and times that: epoll grows like the others.

caught by: test_the_wait_alone_is_measured
words: your code measured something else than the wait: to open, to register, to send or to read
"""

import contextlib
import select
import socket
import statistics
import time


def wait_cost(kind, n):
    if not hasattr(select, kind) or kind not in ("select", "poll", "epoll", "kqueue"):
        raise ValueError(kind)
    with contextlib.ExitStack() as stack:
        socks = []
        for _ in range(n + 1):
            sock, peer = socket.socketpair()
            stack.enter_context(sock)
            stack.enter_context(peer)
            socks.append(sock)
        peer.send(b"x")
        if kind == "select":

            def wait():
                select.select(socks, [], [])
        else:

            def wait():
                poller = getattr(select, kind)()
                for sock in socks:
                    poller.register(sock, select.POLLIN)
                poller.poll()

        times = []
        for _ in range(101):
            began = time.perf_counter()
            wait()
            times.append(time.perf_counter() - began)
    return statistics.median(times)
