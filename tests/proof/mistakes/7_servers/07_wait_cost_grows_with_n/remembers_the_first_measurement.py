"""Measures each kind once, and remembers that, whatever n is the next time.

caught by: test_select_and_poll_are_handed_every_socket_in_each_wait
words: a wait was not handed all idle sockets, and the ready one
"""

import contextlib
import select
import socket
import statistics
import time

measured = {}


def wait_cost(kind, n):
    if not hasattr(select, kind) or kind not in ("select", "poll", "epoll", "kqueue"):
        raise ValueError(kind)
    if kind in measured:
        return measured[kind]
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
    measured[kind] = statistics.median(times)
    return measured[kind]
