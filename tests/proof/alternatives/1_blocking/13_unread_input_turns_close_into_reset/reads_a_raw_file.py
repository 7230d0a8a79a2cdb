"""Reads through an unbuffered file object; a broken connection is no error for whoever closes."""

import socket
from contextlib import closing, suppress


def lingering_close(sock: socket.socket, limit: int) -> int:
    discarded = 0
    with closing(sock), suppress(OSError), sock.makefile("rb", buffering=0) as stream:
        sock.shutdown(socket.SHUT_WR)
        while piece := stream.read(min(8192, limit - discarded)):
            discarded += len(piece)
    return discarded
