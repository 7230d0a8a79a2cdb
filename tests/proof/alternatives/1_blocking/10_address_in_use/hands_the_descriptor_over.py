"""Opens it in a with block, and hands the descriptor over to a socket that outlives it."""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    with socket.socket() as opening:
        opening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opening.bind(address)
        opening.listen()
        return socket.socket(fileno=opening.detach())
