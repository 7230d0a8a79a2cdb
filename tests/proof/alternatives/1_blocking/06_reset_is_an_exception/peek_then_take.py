"""Looks with MSG_PEEK, then takes as many bytes as it saw; the reset may come out of either call."""

import select
import socket


def _peek(sock: socket.socket) -> int:
    while True:
        try:
            return len(sock.recv(65536, socket.MSG_PEEK))
        except BlockingIOError:  # a socket that never waits by itself
            poller = select.poll()
            poller.register(sock, select.POLLIN)
            poller.poll()


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    parts = []
    try:
        while seen := _peek(sock):
            parts.append(sock.recv(seen))
    except ConnectionResetError:
        return b"".join(parts), "reset"
    return b"".join(parts), "eof"
