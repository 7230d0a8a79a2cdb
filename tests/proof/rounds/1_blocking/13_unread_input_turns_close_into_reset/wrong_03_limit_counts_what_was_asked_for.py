"""The limit is used up by the sizes asked of recv() and not by what it returned, so many small pieces end the loop long before limit bytes have come or the peer has ended.

caught by: test_what_comes_later_is_thrown_away_too
words: The queue was empty, and your code took that for the peer's end
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    total = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        for start in range(0, limit, 65536):
            data = sock.recv(min(65536, limit - start))
            if not data:
                break
            total += len(data)
    finally:
        sock.close()
    return total
