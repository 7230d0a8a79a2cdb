"""Waits for None, as many a Python call says "nothing more": recv never returns it.

caught by: test_a_peer_that_says_nothing_gives_empty_bytes
words: a busy loop
"""


def recv_all(sock):
    pieces = []
    while (piece := sock.recv(1024)) is not None:
        pieces.append(piece)
    return b"".join(pieces)
