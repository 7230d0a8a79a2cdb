"""Asks epoll first, takes every refusal for "nothing to do", and closes."""

import select
import socket


def forget(epoll: select.epoll, sock: socket.socket) -> None:
    try:
        epoll.unregister(sock)
    except (OSError, ValueError):
        pass
    finally:
        sock.close()
