"""Waits in poll, then takes what is there without waiting; only an empty read is the end."""

import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    data = b""
    while True:
        poll.poll()
        try:
            piece = sock.recv(512, socket.MSG_DONTWAIT)
        except BlockingIOError:
            continue
        if not piece:
            return data
        data += piece
