"""Fills both lists in one loop, and counts what is pending."""

import socket
from typing import Any


def interest(connections: list[Any]) -> tuple[list[socket.socket], list[socket.socket]]:
    readers: list[socket.socket] = []
    writers: list[socket.socket] = []
    for connection in connections:
        if connection.sock in readers:
            continue
        readers.append(connection.sock)
        if len(connection.pending) > 0:
            writers.append(connection.sock)
    return readers, writers
