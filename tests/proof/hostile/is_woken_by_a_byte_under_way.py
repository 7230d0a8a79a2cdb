"""Sleeps in recv() until the kernel sends what it has held back for a while (TCP_CORK).

verdict: passed
words:
"""

import socket


def accept_pending(listener):
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_connection(door.getsockname()) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        server, _ = door.accept()
        with server:
            client.send(b"x")
            server.recv(1)
    return []
