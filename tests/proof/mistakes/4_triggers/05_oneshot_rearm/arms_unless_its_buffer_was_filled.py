"""Arms after a piece that did not fill its buffer, and forgets it after one that did.

caught by: test_what_is_left_in_the_socket_is_reported
words: all was read, more came, and no thread was told: your code did not arm the socket
"""

import select


def handle(epoll, sock):
    data = sock.recv(65536)
    if data and len(data) < 65536:
        epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
