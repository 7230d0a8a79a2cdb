"""Asks poll before each read: level-triggered as it is, it knows what the edge does not tell."""

import select
import socket


def read_on_edge(sock: socket.socket) -> tuple[bytes, bool]:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    data = bytearray()
    ended = False
    while not ended and poller.poll(0):
        try:
            piece = sock.recv(1000)
        except BlockingIOError:
            break
        data.extend(piece)
        ended = not piece
    return bytes(data), ended
