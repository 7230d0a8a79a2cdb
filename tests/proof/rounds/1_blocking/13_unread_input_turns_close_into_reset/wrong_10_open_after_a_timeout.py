"""The socket is closed when a call raises a ConnectionError or ENOTCONN, but stays open after other errors of a broken connection, such as ETIMEDOUT and EHOSTUNREACH.

caught by: test_a_connection_that_breaks_meanwhile_is_closed
words: recv() failed with ETIMEDOUT, and your code left the socket open
"""

import errno
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
            total += len(data)
    except OSError as error:
        if isinstance(error, ConnectionError) or error.errno == errno.ENOTCONN:
            sock.close()
        raise
    sock.close()
    return total
