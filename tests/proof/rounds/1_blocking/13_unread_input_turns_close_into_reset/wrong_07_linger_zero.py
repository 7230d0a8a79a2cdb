"""Sets SO_LINGER to zero seconds before it closes, which resets a connection whose peer has not taken everything yet.

caught by: test_a_reply_in_flight_arrives_whole
words: A reset cut off a reply that was still on its way
"""

import socket
import struct

CHUNK = 65536  # bytes


def lingering_close(sock: socket.socket, limit: int) -> int:
    thrown = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while thrown < limit:
            chunk = sock.recv(min(CHUNK, limit - thrown))
            if not chunk:
                break
            thrown += len(chunk)
        # Leave nothing behind in the kernel.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return thrown
