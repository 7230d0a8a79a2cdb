"""Sets SO_RCVTIMEO to thirty seconds, and takes a recv() that ended by it for the peer's end.

caught by: test_no_limit_of_the_socket_is_the_end
words: the limit of a recv() passed, and your code took that for the peer's end
breaks: 2
"""

import contextlib
import socket
import struct


def lingering_close(sock, limit):
    discarded = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 30, 0))
        with contextlib.suppress(BlockingIOError):
            while discarded < limit and (piece := sock.recv(min(4096, limit - discarded))):
                discarded += len(piece)
    return discarded
