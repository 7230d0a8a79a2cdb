"""Sets SO_LINGER to no time before it closes: the last close of the duplicates will reset the connection.

caught by: test_what_a_duplicate_shares_stays_as_it_was
words: SO_LINGER
"""

import socket
import struct


def forget(epoll, sock):
    if sock.fileno() < 0:
        return
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    try:
        epoll.unregister(sock)
    except (OSError, ValueError):
        pass
    finally:
        sock.close()
