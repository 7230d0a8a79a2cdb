"""Reads through a duplicate (socket.fromfd(), which leaves the timeout behind), with recvmsg_into and two buffers."""

import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    first, second = bytearray(1), bytearray(65535)
    data = bytearray()
    with socket.fromfd(sock.fileno(), sock.family, sock.type) as twin:
        while True:
            try:
                count = twin.recvmsg_into([first, second])[0]
            except BlockingIOError:  # a socket that never waits by itself
                poller = select.poll()
                poller.register(twin, select.POLLIN)
                poller.poll()
                continue
            if not count:
                return bytes(data)
            data += (first + second)[:count]
