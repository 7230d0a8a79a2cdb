"""Reads whole chunks, past the limit too, and only returns no more than the limit.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: The limit was 5 bytes, and your code took another number from the socket
"""

import socket

CHUNK = 65536  # bytes


def lingering_close(sock: socket.socket, limit: int) -> int:
    thrown = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while thrown < limit:
            chunk = sock.recv(CHUNK)
            if not chunk:
                break
            thrown += len(chunk)
    return min(thrown, limit)
