"""A selector does all the sleeping, recv has MSG_DONTWAIT and never sleeps."""

import selectors
import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    if sock.fileno() < 0:
        sock.recv(1)  # a closed socket: the usual error
    parts = []
    with selectors.SelectSelector() if sock.fileno() < 1024 else selectors.PollSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        while True:
            if not selector.select(sock.gettimeout() or None):
                raise TimeoutError("timed out")
            try:
                piece = sock.recv(65536, socket.MSG_DONTWAIT)
            except BlockingIOError:
                continue
            if not piece:
                return b"".join(parts)
            parts.append(piece)
