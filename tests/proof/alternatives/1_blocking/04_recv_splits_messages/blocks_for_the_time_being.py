"""Makes the socket blocking while it waits for all, and puts the timeout back in any case."""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    before = sock.gettimeout()
    sock.settimeout(None)
    try:
        data = sock.recv(n, socket.MSG_WAITALL)
    finally:
        sock.settimeout(before)
    if len(data) < n:
        raise EOFError
    return data
