"""A right answer that lets a TCPServer of socketserver make the listener and takes its socket."""

import socket
import socketserver


class Maker(socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 128


def open_listener(address: tuple[str, int]) -> socket.socket:
    # TCPServer closes its socket itself if bind() or listen() fails.
    return Maker(address, socketserver.BaseRequestHandler).socket
