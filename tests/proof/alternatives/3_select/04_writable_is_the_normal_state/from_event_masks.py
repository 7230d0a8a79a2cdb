"""Gives each connection a mask, as selectors do, and sorts by it."""

import selectors
import socket
from typing import Any


def interest(connections: list[Any]) -> tuple[list[socket.socket], list[socket.socket]]:
    masks = {
        connection.sock: selectors.EVENT_READ | (selectors.EVENT_WRITE if connection.pending != b"" else 0)
        for connection in connections
    }

    def wanting(event: int) -> list[socket.socket]:
        return [sock for sock, mask in masks.items() if mask & event]

    return wanting(selectors.EVENT_READ), wanting(selectors.EVENT_WRITE)
