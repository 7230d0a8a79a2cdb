"""Puts the caller's mode back only when the read went well.

caught by: test_the_socket_stays_non_blocking
words: the peer had reset, and your code left the socket in another mode
breaks: 6
"""

import select


def try_recv(sock, n):
    if not select.select([sock], [], [], 0)[0]:
        return None
    sock.settimeout(30)
    data = sock.recv(n)
    sock.settimeout(0)
    return data
