"""Leaves the socket in its mode and says with every call that it may not wait."""

import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    received = bytearray(n)
    free, rest = memoryview(received), memoryview(data)
    poll = select.poll()
    while free or rest:
        poll.register(sock, (select.POLLIN if free else 0) | (select.POLLOUT if rest else 0))
        ((_, ready),) = poll.poll()
        try:
            if free and ready & ~select.POLLOUT:
                size = sock.recv_into(free, len(free), socket.MSG_DONTWAIT)
                if not size:
                    raise EOFError(f"{len(free)} bytes are missing")
                free = free[size:]
            if rest and ready & ~select.POLLIN:
                rest = rest[sock.send(rest, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            continue
    return bytes(received)
