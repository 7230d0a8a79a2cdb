"""Stops only when it sees that there is more than the limit, and so waits when the peer has sent exactly that much.

caught by: test_the_limit_is_the_most_that_is_thrown_away
words: A blocking recv() sleeps until bytes, the end or a reset arrive, and none of them comes
"""

import socket

CHUNK = 65536  # bytes


def lingering_close(sock: socket.socket, limit: int) -> int:
    thrown = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while sock.recv(1, socket.MSG_PEEK):
            if thrown == limit:
                break
            thrown += len(sock.recv(min(CHUNK, limit - thrown)))
    return thrown
