"""It asks for one byte beyond the limit to see whether the peer ended there, so it waits for a peer that sent exactly limit bytes and is silent.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: The limit was 5 bytes, and your code took another number from the socket
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    total = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        while total <= limit:
            data = sock.recv(min(65536, limit - total + 1))
            if not data:
                break
            total += len(data)
    finally:
        sock.close()
    return min(total, limit)
