"""All that was thrown away is collected in memory, only to be counted at the end.

caught by: test_the_limit_may_be_more_than_memory_holds
words: Many megabytes came, and your code kept them all
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    gone = bytearray()
    try:
        sock.shutdown(socket.SHUT_WR)
        while len(gone) < limit:
            data = sock.recv(min(65536, limit - len(gone)))
            if not data:
                break
            gone += data
    finally:
        sock.close()
    return len(gone)
