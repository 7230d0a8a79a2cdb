"""Shuts down both directions, so that recv() reports an end as soon as the queue is empty, without waiting for the peer.

caught by: test_what_comes_later_is_thrown_away_too
words: The queue was empty, and your code took that for the peer's end
"""

import socket

CHUNK = 65536  # bytes


def lingering_close(sock: socket.socket, limit: int) -> int:
    thrown = 0
    with sock:
        sock.shutdown(socket.SHUT_RDWR)
        while thrown < limit:
            chunk = sock.recv(min(CHUNK, limit - thrown))
            if not chunk:
                break
            thrown += len(chunk)
    return thrown
