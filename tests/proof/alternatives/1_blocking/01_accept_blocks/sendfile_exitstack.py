"""Right: an ExitStack closes the connection, socket.sendfile() sends the greeting out of a BytesIO."""

import contextlib
import io
import selectors
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    with contextlib.ExitStack() as stack:
        while True:
            try:
                conn, address = listener.accept()
                stack.callback(conn.close)
                break
            except BlockingIOError:
                with selectors.PollSelector() as selector:
                    selector.register(listener, selectors.EVENT_READ)
                    selector.select()
        conn.settimeout(None)
        conn.sendfile(io.BytesIO(greeting))
        return address
