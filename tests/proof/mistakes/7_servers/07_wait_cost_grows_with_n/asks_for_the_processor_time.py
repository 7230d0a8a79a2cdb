"""Asks how long the processor has worked for it, and looks at no clock: what waits does not work.

caught by: test_the_wait_alone_is_measured
words: your code did not read a clock of the module time
"""

import contextlib
import resource
import select
import socket
import statistics


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
            began = resource.getrusage(resource.RUSAGE_SELF).ru_stime
            wait()
            times.append(resource.getrusage(resource.RUSAGE_SELF).ru_stime - began)
    return statistics.median(times)
