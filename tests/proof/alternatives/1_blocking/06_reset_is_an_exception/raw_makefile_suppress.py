"""An unbuffered file made of the socket, readinto(), and suppress(ConnectionResetError) round the loop."""

import contextlib
import errno
import os
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = bytearray()
    room = bytearray(16384)
    how = "reset"
    with sock.makefile("rb", buffering=0) as stream, contextlib.suppress(ConnectionResetError):
        while count := stream.readinto(room):
            data += room[:count]
        if count is None:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        how = "eof"
    return bytes(data), how
