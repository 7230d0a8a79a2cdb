"""Lets socketserver bind and activate, and takes its socket."""

import socket
import socketserver


class Server(socketserver.TCPServer):
    allow_reuse_address = True


def open_listener(address: tuple[str, int]) -> socket.socket:
    return Server(address, socketserver.BaseRequestHandler).socket
