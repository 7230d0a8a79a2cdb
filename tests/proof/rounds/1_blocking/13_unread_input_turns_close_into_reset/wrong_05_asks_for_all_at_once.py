"""Asks recv() for the whole rest up to the limit, for which Python needs that much memory.

caught by: test_the_limit_may_be_more_than_memory_holds
words: your code raised MemoryError
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    thrown = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while thrown < limit:
            chunk = sock.recv(limit - thrown)
            if not chunk:
                break
            thrown += len(chunk)
    return thrown
