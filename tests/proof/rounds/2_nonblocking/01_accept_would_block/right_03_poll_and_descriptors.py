"""Asks poll() before each accept(), keeps bare descriptors until the end, and closes them with os.close()."""

import os
import select
import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    descriptors: list[int] = []
    try:
        while poller.poll(0):
            try:
                connection, _ = listener.accept()
            except BlockingIOError:
                break
            descriptors.append(connection.detach())
        family, kind, proto = listener.family, listener.type, listener.proto
    except BaseException:
        for descriptor in descriptors:
            os.close(descriptor)
        raise
    return [socket.socket(family, kind, proto, fileno=fd) for fd in descriptors]
