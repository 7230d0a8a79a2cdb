"""Registers all sockets again before each wait: that is not measured, but the kernel has kept them, and need not be told.

caught by: test_epoll_is_handed_every_socket_once
words: your code handed over again, between the waits, what epoll and kqueue keep
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
            poller = getattr(select, kind)()
            if kind == "epoll":
                stack.enter_context(poller)
            for sock in socks:
                poller.register(sock, select.POLLIN)
            wait = poller.poll
        times = []
        for _ in range(101):
            if kind in ("epoll", "kqueue"):
                for sock in socks:
                    poller.unregister(sock)
                    poller.register(sock, select.POLLIN)
            began = time.perf_counter()
            wait()
            times.append(time.perf_counter() - began)
    return statistics.median(times)
