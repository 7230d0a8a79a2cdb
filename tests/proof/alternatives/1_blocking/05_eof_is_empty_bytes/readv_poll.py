"""The raw descriptor, os.readv into two buffers, and poll() for the caller's timeout."""

import os
import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    data = bytearray()
    near, far = bytearray(100), bytearray(65536)
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    while True:
        patience = sock.gettimeout()
        if patience and not poller.poll(patience * 1000):
            raise TimeoutError("timed out")
        try:
            count = os.readv(sock.fileno(), [near, far])
        except BlockingIOError:
            if patience:
                continue  # poll() was wrong: wait again
            raise
        if count == 0:
            return bytes(data)
        data += near[:count]
        data += far[: max(0, count - len(near))]
