"""Reads, and takes it that the socket is reported again by itself.

caught by: test_what_comes_next_is_reported
words: a message came after handle(), and no thread was told: your code did not arm the socket again
"""


def handle(epoll, sock):
    return sock.recv(65536)
