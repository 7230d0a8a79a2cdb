"""Strips the unused part of its buffer, and with it zero bytes that arrived.

caught by: test_any_bytes_are_data
words: your function did not return the bytes that arrived: they are no text, and need not be one
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    buffer = bytearray(n)
    try:
        if sock.recv_into(buffer) == 0:
            return b""
    except BlockingIOError:
        return None
    return bytes(buffer).rstrip(b"\0")
