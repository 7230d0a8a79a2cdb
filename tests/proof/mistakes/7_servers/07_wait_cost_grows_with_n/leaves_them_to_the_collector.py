"""Closes nothing: that is left to the garbage collector.

caught by: test_everything_is_closed_again
words: was never closed
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
        socks, peers = [], []
        for _ in range(n + 1):
            sock, peer = socket.socketpair()
            socks.append(sock)
            peers.append(peer)
        peer.send(b"x")
        if kind == "select":

            def wait():
                select.select(socks, [], [])
        else:
            poller = getattr(select, kind)()
            if kind == "epoll":
                stack.enter_context(poller)
            for sock in socks:
                poller.register(sock, select.POLLIN)
            wait = poller.poll
        times = []
        for _ in range(101):
            began = time.perf_counter()
            wait()
            times.append(time.perf_counter() - began)
    return statistics.median(times)
