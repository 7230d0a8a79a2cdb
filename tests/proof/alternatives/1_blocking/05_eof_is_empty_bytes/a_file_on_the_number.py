"""Reads a file object that was made of the descriptor's number to its end."""

import os
import socket


def recv_all(sock: socket.socket) -> bytes:
    blocking = os.get_blocking(sock.fileno())
    os.set_blocking(sock.fileno(), True)  # a socket with a timeout never waits by itself, and readall() gives up
    try:
        with open(sock.fileno(), "rb", buffering=0, closefd=False) as file:
            return file.readall()
    finally:
        os.set_blocking(sock.fileno(), blocking)
