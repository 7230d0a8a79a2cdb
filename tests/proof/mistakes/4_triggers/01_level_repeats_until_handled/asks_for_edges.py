"""Asks for edges, and reads once for each: what it left over is never reported.

caught by: test_what_one_recv_leaves_is_reported_again
words: still blocked in epoll 1.poll()
"""

import select


def drain_level(sock, size):
    with select.epoll() as epoll:
        epoll.register(sock, select.EPOLLIN | select.EPOLLET)
        pieces = []
        while not pieces or pieces[-1]:
            epoll.poll()
            pieces.append(sock.recv(size))
    return pieces
