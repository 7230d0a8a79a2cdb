"""Unusual: works inside `with`, then moves the descriptor into a second socket object."""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    with socket.socket() as first:
        first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, b"\1\0\0\0")
        socket.socket.bind(first, address)
        first.listen(128)
        family, kind, proto = first.family, first.type, first.proto
        return socket.socket(family, kind, proto, fileno=first.detach())
