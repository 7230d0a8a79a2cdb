"""Returns 0 when the connection breaks, whatever it has thrown away before.

caught by: test_a_connection_that_breaks_meanwhile_is_closed
words: after seven bytes, and your code returned another number
breaks: 5
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        try:
            sock.shutdown(socket.SHUT_WR)
            while discarded < limit and (piece := sock.recv(min(65536, limit - discarded))):
                discarded += len(piece)
        except OSError:
            return 0
    return discarded
