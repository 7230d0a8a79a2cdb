"""Makes the socket blocking for the read, and leaves it so when recv raises.

caught by: test_a_reset_propagates
words: after a reset too the caller's socket is still non-blocking
"""

import select


def handle(epoll, sock):
    sock.setblocking(True)
    data = sock.recv(65536)
    sock.setblocking(False)
    epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
