"""Makes the socket blocking for the read and not non-blocking again.

caught by: test_the_socket_stays_non_blocking
words: had come: the caller's socket is still non-blocking
"""

import select


def try_recv(sock, n):
    if not select.select([sock], [], [], 0)[0]:
        return None
    sock.setblocking(True)
    return sock.recv(n)
