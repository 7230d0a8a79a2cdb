"""Reads to the peer's end, and then closes with SO_LINGER 0, so as not to wait: a reset, whatever is on its way.

caught by: test_a_reply_in_flight_arrives_whole
words: a reset cut off a reply that was still on its way
breaks: 4
"""

import socket
import struct


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit and (piece := sock.recv(min(4096, limit - discarded))):
            discarded += len(piece)
        if discarded < limit:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return discarded
