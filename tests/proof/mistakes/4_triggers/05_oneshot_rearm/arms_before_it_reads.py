"""Arms first, so that nothing is missed, and gives the socket away while it is unread.

caught by: test_it_is_not_armed_while_it_is_read
words: your code armed the socket before the last read: another thread gets it and reads as well
"""

import select


def handle(epoll, sock):
    epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return sock.recv(65536)
