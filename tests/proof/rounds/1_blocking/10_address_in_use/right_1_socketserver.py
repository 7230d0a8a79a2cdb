"""Unusual: lets a socketserver.TCPServer bind and listen, and keeps only its socket."""

import socket
import socketserver


def open_listener(address: tuple[str, int]) -> socket.socket:
    class Server(socketserver.TCPServer):
        allow_reuse_address = True
        request_queue_size = socket.SOMAXCONN

    # Its constructor closes the socket before any exception comes out.
    return Server(address, socketserver.BaseRequestHandler).socket
