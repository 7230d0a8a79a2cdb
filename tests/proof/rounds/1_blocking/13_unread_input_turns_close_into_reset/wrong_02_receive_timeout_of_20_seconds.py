"""SO_RCVTIMEO makes recv() give up after 20 seconds of silence, and that is taken for the peer's end.

stays green: its recv() ends after 20 real seconds, which no clock of the suite can make pass (the test is skipped)
"""

import socket
import struct


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    total = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 20, 0))
        while total < limit:
            try:
                data = sock.recv(min(65536, limit - total))
            except BlockingIOError:
                break
            if not data:
                break
            total += len(data)
    finally:
        sock.close()
    return total
