"""Uses SO_RCVTIMEO, the kernel's own limit of a blocking recv, and takes it back."""

import socket
import struct


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    before = sock.gettimeout()
    option = sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)
    whole, part = divmod(round(seconds * 1_000_000), 1_000_000)
    sock.setblocking(True)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", whole, part))
        return sock.recv(n, 0 if seconds else socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    finally:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, option)
        sock.settimeout(before)
