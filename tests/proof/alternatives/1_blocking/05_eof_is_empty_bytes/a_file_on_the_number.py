"""Reads a file object that was made of the descriptor's number to its end."""

import socket


def recv_all(sock: socket.socket) -> bytes:
    with open(sock.fileno(), "rb", buffering=0, closefd=False) as file:
        return file.readall()
