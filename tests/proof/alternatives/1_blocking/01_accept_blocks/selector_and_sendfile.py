"""Sleeps in a selector, and sends the greeting as a file in memory with socket.sendfile(); an ExitStack closes
all.
"""

import contextlib
import errno
import io
import os
import selectors
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    if listener.fileno() < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    with contextlib.ExitStack() as stack:
        selector = stack.enter_context(selectors.PollSelector())
        selector.register(listener, selectors.EVENT_READ)
        while True:
            selector.select()
            try:
                conn, address = listener.accept()
            except (BlockingIOError, TimeoutError):
                continue  # somebody else took that client: sleep again
            break
        stack.enter_context(conn)
        conn.settimeout(None)
        pending = conn.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if pending:
            raise OSError(pending, os.strerror(pending))
        conn.sendfile(io.BytesIO(greeting))
        return address
