"""SO_RCVTIMEO makes recv() give up after 20 seconds of silence, and that is taken for the peer's end.

caught by: test_no_limit_of_the_socket_is_the_end
words: The limit of a recv() passed, and your code took that for the peer's end
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
