"""shutdown() is called before the try, so the socket stays open if the peer has reset the connection already (ENOTCONN).

caught by: test_a_connection_that_is_broken_already_is_closed
words: The connection was broken, and your code left the socket open
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    total = 0
    sock.shutdown(socket.SHUT_WR)
    try:
        while total < limit:
            data = sock.recv(min(65536, limit - total))
            if not data:
                break
            total += len(data)
    finally:
        sock.close()
    return total
