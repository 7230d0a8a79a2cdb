"""It always reads pieces of up to 64 KiB, which may throw away more than limit bytes, and hides that by returning limit at most.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: The limit was 5 bytes, and your code took another number from the socket
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    total = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        while total < limit:
            data = sock.recv(65536)
            if not data:
                break
            total += len(data)
    finally:
        sock.close()
    return min(total, limit)
