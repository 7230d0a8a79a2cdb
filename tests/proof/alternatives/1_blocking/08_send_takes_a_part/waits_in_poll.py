"""Waits in poll until there is room, with the socket's own timeout, and sends without waiting."""

import select
import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    timeout = sock.gettimeout()
    poll = select.poll()
    poll.register(sock.fileno(), select.POLLOUT)
    while data:
        if not poll.poll(None if timeout is None else timeout * 1000):
            raise TimeoutError("timed out")
        try:
            data = data[sock.send(data, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            continue
