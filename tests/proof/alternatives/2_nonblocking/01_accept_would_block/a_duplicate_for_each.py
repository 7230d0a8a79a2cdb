"""Accepts each client on a duplicate of the listener that is made for this one call."""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    accepted: list[socket.socket] = []
    try:
        while True:
            with listener.dup() as door:
                accepted.append(door.accept()[0])
    except BlockingIOError:
        return accepted
    except BaseException:
        for conn in accepted:
            conn.close()
        raise
