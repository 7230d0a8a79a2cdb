"""Waits in a selector and receives into one buffer, on a non-blocking socket."""

import selectors
import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    left = limit
    buffer = memoryview(bytearray(4096))
    with sock, selectors.DefaultSelector() as selector:
        sock.shutdown(socket.SHUT_WR)
        sock.setblocking(False)
        selector.register(sock, selectors.EVENT_READ)
        while left:
            selector.select()
            size = sock.recv_into(buffer[:left])
            if not size:
                break
            left -= size
    return limit - left
