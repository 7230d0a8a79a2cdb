"""Lets the library do it: create_server sets the option where it means this."""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    return socket.create_server(address)
