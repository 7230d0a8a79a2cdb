"""Calls the C library's accept4() with SOCK_NONBLOCK, and poll() for a listener with a timeout."""

import ctypes
import errno
import os
import select
import socket
import struct
import time

_libc = ctypes.CDLL(None, use_errno=True)


def _wait_until(listener: socket.socket, deadline: float) -> None:
    """Sleep until the listener is readable, or raise TimeoutError at the deadline."""
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    while True:
        left = max(0.0, deadline - time.monotonic())
        if poller.poll(left * 1000):
            return
        if deadline - time.monotonic() <= 0:
            raise TimeoutError("timed out")


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    limit = listener.gettimeout()
    deadline = None if limit is None else time.monotonic() + limit
    name = ctypes.create_string_buffer(128)
    size = ctypes.c_uint32()
    while True:
        if limit and listener.fileno() >= 0:
            _wait_until(listener, deadline)
        size.value = len(name)
        flags = socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
        fd = _libc.accept4(listener.fileno(), name, ctypes.byref(size), flags)
        if fd >= 0:
            break
        code = ctypes.get_errno()
        if code == errno.EINTR or (code == errno.EAGAIN and limit):
            continue
        raise OSError(code, os.strerror(code))
    kind = listener.type | socket.SOCK_NONBLOCK
    conn = socket.socket(listener.family, kind, listener.proto, fileno=fd)
    _, port, ip = struct.unpack_from("!HH4s", name.raw)
    return conn, (socket.inet_ntoa(ip), port)
