"""Closes after a ConnectionError, and not when the connection breaks with another error.

caught by: test_a_connection_that_breaks_meanwhile_is_closed
words: recv() failed with ETIMEDOUT, and your code left the socket open
breaks: 6
"""

import errno
import socket


def lingering_close(sock, limit):
    discarded = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit and (piece := sock.recv(min(65536, limit - discarded))):
            discarded += len(piece)
    except OSError as error:
        if isinstance(error, ConnectionError) or error.errno == errno.ENOTCONN:
            sock.close()
        raise
    sock.close()
    return discarded
