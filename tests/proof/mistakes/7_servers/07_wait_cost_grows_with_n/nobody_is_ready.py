"""Waits with a timeout of 0 and sends nothing: it measures a look that finds nobody.

caught by: test_one_socket_of_n_plus_one_is_ready
words: nothing was ready: your code measured a timeout
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
        if kind == "select":

            def wait():
                select.select(socks, [], [], 0)
        else:
            poller = getattr(select, kind)()
            if kind == "epoll":
                stack.enter_context(poller)
            for sock in socks:
                poller.register(sock, select.POLLIN)

            def wait():
                poller.poll(0)

        times = []
        for _ in range(101):
            began = time.perf_counter()
            wait()
            times.append(time.perf_counter() - began)
    return statistics.median(times)
