"""Unusual: a selector, sendmsg() and recvmsg() with MSG_DONTWAIT; the mode is never touched."""

import errno
import os
import selectors
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    if sock.fileno() < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    left = memoryview(data)
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        key = selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while left or len(received) < n:
            wanted = selectors.EVENT_WRITE if left else 0
            if len(received) < n:
                wanted |= selectors.EVENT_READ
            if wanted != key.events:
                key = selector.modify(sock, wanted)
            ready = 0
            for _, events in selector.select():
                ready |= events
            if ready & selectors.EVENT_READ:
                size = min(n - len(received), 65536)
                try:
                    piece = sock.recvmsg(size, 0, socket.MSG_DONTWAIT)[0]
                except BlockingIOError:
                    pass
                else:
                    if not piece:
                        raise EOFError("the peer ended too early")
                    received += piece
            if left and ready & selectors.EVENT_WRITE:
                try:
                    count = sock.sendmsg([left], [], socket.MSG_DONTWAIT)
                except BlockingIOError:
                    pass
                else:
                    left = left[count:]
    return bytes(received)
