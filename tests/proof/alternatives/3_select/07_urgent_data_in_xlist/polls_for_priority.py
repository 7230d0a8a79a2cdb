"""Waits in poll(), where urgent data is POLLPRI."""

import select
import socket


def read_urgent(sock: socket.socket) -> tuple[bytes, bytes]:
    poller = select.poll()
    poller.register(sock, select.POLLIN | select.POLLPRI)
    normal: list[bytes] = []
    urgent: list[bytes] = []
    while True:
        [(_, event)] = poller.poll()
        if event & select.POLLPRI:
            urgent.append(sock.recv(16, socket.MSG_OOB))
        if event & ~select.POLLPRI:
            piece = sock.recv(2048)
            if not piece:
                return b"".join(normal), b"".join(urgent)
            normal.append(piece)
