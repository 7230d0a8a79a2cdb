"""Returns at once if the limit is 0, and leaves that socket open.

caught by: test_a_limit_of_0_does_not_wait
words: The limit was reached, and your code left the socket open
"""

import socket

CHUNK = 65536  # bytes


def lingering_close(sock: socket.socket, limit: int) -> int:
    if limit <= 0:
        return 0  # nothing to throw away
    thrown = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        while thrown < limit:
            chunk = sock.recv(min(CHUNK, limit - thrown))
            if not chunk:
                break
            thrown += len(chunk)
    finally:
        sock.close()
    return thrown
