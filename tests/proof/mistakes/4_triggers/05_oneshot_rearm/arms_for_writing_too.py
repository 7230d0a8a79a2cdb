"""Arms for output as well: the idle connection is writable, and that is reported at once.

caught by: test_an_idle_socket_is_not_reported
words: nothing had come since, and the socket was reported: your code armed it for more than input
"""

import select


def handle(epoll, sock):
    data = sock.recv(65536)
    epoll.modify(sock, select.EPOLLIN | select.EPOLLOUT | select.EPOLLONESHOT)
    return data
