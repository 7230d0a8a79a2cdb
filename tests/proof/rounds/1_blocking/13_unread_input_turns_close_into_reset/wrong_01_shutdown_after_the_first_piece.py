"""Sending is ended after the first recv() only, so a peer that has sent nothing yet and waits for our end waits for ever.

caught by: test_it_says_its_own_end_before_it_reads_or_waits
words: Your code read or waited before it told the peer that nothing more will come
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    total = 0
    try:
        told = False
        while total < limit:
            data = sock.recv(min(65536, limit - total))
            if not told:
                sock.shutdown(socket.SHUT_WR)
                told = True
            if not data:
                break
            total += len(data)
        if not told:
            sock.shutdown(socket.SHUT_WR)
    finally:
        sock.close()
    return total
