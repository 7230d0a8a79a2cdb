"""Unusual: recv_into() a memoryview with MSG_WAITALL, again until it is full."""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    buffer = bytearray(n)
    with memoryview(buffer) as view:
        at = 0
        while at < n:
            with view[at:] as rest:
                count = sock.recv_into(rest, 0, socket.MSG_WAITALL)
            if count == 0:
                raise EOFError("the stream has ended")
            at += count
    return bytes(buffer)
