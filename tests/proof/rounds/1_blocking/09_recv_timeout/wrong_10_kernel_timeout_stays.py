"""Sets SO_RCVTIMEO and leaves it, so later calls on the blocking socket fail with EAGAIN.

caught by: test_the_socket_keeps_its_mode_and_timeout
words: after bytes your code left the socket with another mode or option in the kernel
"""

import socket
import struct


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    before = sock.gettimeout()
    whole, part = divmod(max(round(seconds * 1_000_000), 1), 1_000_000)
    sock.settimeout(None)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", whole, part))
        return sock.recv(n, 0 if seconds > 0 else socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    finally:
        sock.settimeout(before)
