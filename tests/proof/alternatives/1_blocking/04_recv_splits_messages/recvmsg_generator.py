"""Right: a generator of pieces from recvmsg() with MSG_WAITALL, which is allowed to return less."""

import select
import socket


def _pieces(sock, n):
    while n:
        try:
            piece, *_ = sock.recvmsg(min(n, 65536), 0, socket.MSG_WAITALL)
        except BlockingIOError:
            poller = select.poll()
            poller.register(sock, select.POLLIN)
            poller.poll()
            continue
        if not piece:
            raise EOFError(f"{n} bytes are missing")
        n -= len(piece)
        yield piece


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    return b"".join(_pieces(sock, n))
