"""The piece that reaches the limit is thrown away but not counted in the result.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: Five bytes were thrown away, and your code returned another number
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    total = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        while total < limit:
            data = sock.recv(min(65536, limit - total))
            if not data:
                break
            if total + len(data) >= limit:
                break
            total += len(data)
    finally:
        sock.close()
    return total
