"""Unusual: an event loop of its own waits for the descriptor; then one recv()."""

import asyncio
import errno
import os
import selectors
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    fd = sock.fileno()
    if fd < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    loop = asyncio.SelectorEventLoop(selectors.PollSelector())
    ready: list[bool] = []
    try:
        # Events of descriptors come before timers: at 0 seconds it looks once.
        loop.add_reader(fd, lambda: (ready.append(True), loop.stop()))
        loop.call_later(seconds, loop.stop)
        loop.run_forever()
        loop.remove_reader(fd)
    finally:
        loop.close()
    return sock.recv(min(n, 65536)) if ready else None
