"""Takes everything that is there, and arms whatever came of it."""

import select
import socket


def handle(epoll: select.epoll, sock: socket.socket) -> bytes:
    pieces: list[bytes] = []
    try:
        while piece := sock.recv(4096):
            pieces.append(piece)
    except BlockingIOError:
        pass
    finally:
        epoll.modify(sock.fileno(), select.EPOLLONESHOT | select.EPOLLIN)
    return b"".join(pieces)
