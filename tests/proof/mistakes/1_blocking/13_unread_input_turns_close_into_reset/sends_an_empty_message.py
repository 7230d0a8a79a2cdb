"""Takes send(b'') for a way to say the end: it sends nothing.

caught by: test_it_says_its_own_end_before_it_reads_or_waits
words: nobody has told it that nothing more will come
"""

import socket


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.send(b"")
        while discarded < limit:
            piece = sock.recv(min(65536, limit - discarded))
            if not piece:
                break
            discarded += len(piece)
    return discarded
