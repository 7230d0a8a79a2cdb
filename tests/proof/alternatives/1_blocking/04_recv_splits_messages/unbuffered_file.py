"""Right: an unbuffered file object, closed by its with-block, reads into a BytesIO."""

import io
import select
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    result = io.BytesIO()
    with sock.makefile("rb", buffering=0) as stream:
        while result.tell() < n:
            piece = stream.read(min(n - result.tell(), 32768))
            if piece is None:  # O_NONBLOCK and nothing there
                poller = select.poll()
                poller.register(sock, select.POLLIN)
                poller.poll()
            elif piece:
                result.write(piece)
            else:
                raise EOFError(f"the stream ended after {result.tell()} of {n} bytes")
    return result.getvalue()
