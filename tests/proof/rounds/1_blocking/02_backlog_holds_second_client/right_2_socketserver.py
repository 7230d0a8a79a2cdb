"""Unusual: lets socketserver.TCPServer do the steps and takes its socket."""

import socket
import socketserver

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    class Server(socketserver.TCPServer):
        request_queue_size = backlog

    return Server(("127.0.0.1", 0), socketserver.BaseRequestHandler).socket
