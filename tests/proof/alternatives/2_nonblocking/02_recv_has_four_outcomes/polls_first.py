"""Asks poll whether a read would be answered, and reads only then."""

import select
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    if sock.fileno() < 0:
        raise ValueError("the socket is closed")
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    if not poll.poll(0):
        return None
    return sock.recv(n)
