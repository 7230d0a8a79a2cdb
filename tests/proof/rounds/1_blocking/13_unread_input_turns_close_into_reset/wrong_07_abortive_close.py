"""SO_LINGER with zero seconds makes close() destroy what a slow peer, which ended its own side early, has not yet fetched.

caught by: test_a_reply_in_flight_arrives_whole
words: A reset cut off a reply that was still on its way
"""

import socket
import struct


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    total = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        while total < limit:
            data = sock.recv(min(65536, limit - total))
            if not data:
                break
            total += len(data)
    finally:
        sock.close()
    return total
