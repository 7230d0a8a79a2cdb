"""Reads into a zeroed buffer and strips NUL bytes at its end, also those that arrived.

caught by: test_any_bytes_are_data
words: Your function did not return the bytes that arrived: they are no text, and need not be one
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    buffer = bytearray(n)
    try:
        count = sock.recv_into(buffer)
    except BlockingIOError:
        return None
    if count == 0:
        return b""
    return bytes(buffer).rstrip(b"\0")
