"""Takes the shortest wait for the usual one.

caught by: test_a_few_short_waits_do_not_count
words: a few waits were short, and your result was not the median of all
"""

import contextlib
import select
import socket
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
    return min(times)
