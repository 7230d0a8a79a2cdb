"""Returns the size of the last piece.

caught by: test_what_comes_later_is_thrown_away_too
words: your code did not return how many bytes came until the peer's end
breaks: 5
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit:
            piece = sock.recv(min(65536, limit - discarded))
            if not piece:
                break
            discarded = len(piece)
    return discarded
