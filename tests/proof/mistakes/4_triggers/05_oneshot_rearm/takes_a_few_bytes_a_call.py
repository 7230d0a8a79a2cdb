"""Takes 512 bytes a call: the caller may rely on 1024.

caught by: test_what_is_left_in_the_socket_is_reported
words: your code took fewer than the first 1024 bytes of what had come
"""

import select


def handle(epoll, sock):
    data = sock.recv(512)
    if data:
        epoll.modify(sock, select.EPOLLIN | select.EPOLLONESHOT)
    return data
