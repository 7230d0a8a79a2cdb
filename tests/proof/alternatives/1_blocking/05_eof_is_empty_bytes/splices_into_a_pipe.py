"""Moves what comes into a pipe, and reads it there."""

import os
import select
import socket


def _splice(sock: socket.socket, into: int) -> int:
    while True:
        try:
            return os.splice(sock.fileno(), into, 4096)
        except BlockingIOError:  # a socket with a timeout: its descriptor never waits by itself
            poller = select.poll()
            poller.register(sock, select.POLLIN)
            poller.poll()


def recv_all(sock: socket.socket) -> bytes:
    if not hasattr(os, "splice"):  # from Python 3.10 on, and only on Linux
        with sock.makefile("rb") as file:
            return file.read()
    out, into = os.pipe()
    data = b""
    try:
        while size := _splice(sock, into):
            data += os.read(out, size)
    finally:
        os.close(out)
        os.close(into)
    return data
