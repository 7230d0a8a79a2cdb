"""os.readv() into a head and a tail buffer, without any method of the socket but fileno()."""

import os
import socket

HEAD = 512


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    head = bytearray(min(n, HEAD))
    tail = bytearray(n - len(head))
    buffers = [head, tail] if tail else [head]
    try:
        count = os.readv(sock.fileno(), buffers)
    except BlockingIOError:
        return None
    if count <= len(head):
        return bytes(memoryview(head)[:count])
    return bytes(head) + bytes(memoryview(tail)[: count - len(head)])
