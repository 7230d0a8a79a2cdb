"""A right answer that reads a binary file of makefile() to its end and closes the file, not the socket."""

import socket


def recv_all(sock: socket.socket) -> bytes:
    with sock.makefile("rb") as file:
        return file.read()
