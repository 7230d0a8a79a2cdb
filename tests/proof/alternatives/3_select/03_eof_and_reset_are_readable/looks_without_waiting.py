"""Looks at every socket in non-blocking mode and puts each mode back."""

import socket


def _look(sock: socket.socket) -> str | None:
    before = sock.gettimeout()
    sock.setblocking(False)
    try:
        return "data" if sock.recv(1, socket.MSG_PEEK) else "eof"
    except BlockingIOError:
        return None
    except OSError:
        return "reset"
    finally:
        sock.settimeout(before)


def classify_ready(socks: list[socket.socket]) -> dict[socket.socket, str]:
    return {sock: kind for sock in socks if (kind := _look(sock)) is not None}
