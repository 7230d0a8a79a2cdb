"""A duplicate of the socket, recvmsg() in a generator, and join over it."""

import contextlib
import os
import socket
from collections.abc import Iterator


def _pieces(sock: socket.socket) -> Iterator[bytes]:
    while True:
        piece, _ancillary, _flags, _address = sock.recvmsg(50_000)
        if not piece:
            return
        yield piece


def recv_all(sock: socket.socket) -> bytes:
    blocking = os.get_blocking(sock.fileno())
    try:
        with sock.dup() as twin, contextlib.closing(_pieces(twin)) as pieces:  # takes the timeout along
            return b"".join(pieces)
    finally:
        os.set_blocking(sock.fileno(), blocking)  # which the two share, and dup() has set
