"""Takes it that one recv takes everything that will ever come.

caught by: test_what_comes_later_is_thrown_away_too
words: the queue was empty, and your code took that for the peer's end
"""

import socket


def lingering_close(sock, limit):
    with sock:
        sock.shutdown(socket.SHUT_WR)
        return len(sock.recv(limit)) if limit else 0
