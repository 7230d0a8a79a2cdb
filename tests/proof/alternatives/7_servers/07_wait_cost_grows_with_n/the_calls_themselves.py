"""select, poll, epoll and kqueue as they are, and connected TCP sockets; nanoseconds, sorted by hand."""

import contextlib
import select
import socket
import time


def wait_cost(kind, n):
    if kind not in ("select", "poll", "epoll", "kqueue") or not hasattr(select, kind):
        raise ValueError(kind)
    with contextlib.ExitStack() as stack:
        door = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=8))
        socks = []
        for _ in range(n + 1):
            peer = stack.enter_context(socket.create_connection(door.getsockname()))
            socks.append(stack.enter_context(door.accept()[0]))
        peer.send(b"x")
        if kind == "select":

            def wait():
                select.select(socks, [], [])
        elif kind == "kqueue":
            queue = stack.enter_context(contextlib.closing(select.kqueue()))
            queue.control([select.kevent(sock) for sock in socks], 0)

            def wait():
                queue.control(None, n + 1, None)
        else:
            poller = getattr(select, kind)()
            if kind == "epoll":
                stack.enter_context(poller)
            for sock in socks:
                poller.register(sock, select.POLLIN)
            wait = poller.poll
        wait()
        measured = []
        for _ in range(151):
            began = time.monotonic_ns()
            wait()
            measured.append(time.monotonic_ns() - began)
    return sorted(measured)[75] / 1e9
