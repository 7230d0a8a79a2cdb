"""An unbuffered file made of the socket; its None (nothing there, socket non-blocking) is turned into the error
again.
"""

import errno
import io
import os
import socket


def recv_all(sock: socket.socket) -> bytes:
    result = io.BytesIO()
    with sock.makefile("rb", buffering=0) as stream:
        while (piece := stream.read(32768)) != b"":
            if piece is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            result.write(piece)
    return result.getvalue()
