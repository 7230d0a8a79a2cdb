"""Has a function of its own for the end, and comes to it from two places."""

import selectors
import socket


def hang_up(selector: selectors.BaseSelector, conn: socket.socket) -> None:
    with conn:
        selector.unregister(conn)


def echo_ready(selector: selectors.BaseSelector, conn: socket.socket) -> None:
    buffer = bytearray(1024)
    try:
        size = conn.recv_into(buffer)
        if size == 0:
            hang_up(selector, conn)
        else:
            conn.sendall(buffer[:size])
    except OSError:
        hang_up(selector, conn)
