"""Calls the C library's recv() itself and makes the exception from errno."""

import ctypes
import errno
import os
import socket

_recv = ctypes.CDLL(None, use_errno=True).recv
_recv.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
_recv.restype = ctypes.c_ssize_t


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    buffer = ctypes.create_string_buffer(n)
    flags = socket.MSG_PEEK | socket.MSG_DONTWAIT
    while True:
        size = _recv(sock.fileno(), buffer, n, flags)
        if size >= 0:
            return ctypes.string_at(buffer, size)
        code = ctypes.get_errno()
        if code in (errno.EAGAIN, errno.EWOULDBLOCK):
            return None
        if code != errno.EINTR:
            raise OSError(code, os.strerror(code))
