"""Unusual: MSG_DONTWAIT, and poll() that sleeps until the kernel has room."""

import select
import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        try:
            # With a timeout, send() itself waits for room, however it is flagged.
            rest = rest[sock.send(rest, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            if sock.gettimeout() is not None:
                raise  # the caller's socket is non-blocking
            poller = select.poll()
            poller.register(sock, select.POLLOUT)
            poller.poll()
