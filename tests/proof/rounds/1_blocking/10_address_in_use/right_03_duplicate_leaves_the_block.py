"""A right answer that builds the listener in a with block, which closes it on every way out, and returns a duplicate."""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as builder:
        builder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        builder.bind(address)
        builder.listen()
        return builder.dup()
