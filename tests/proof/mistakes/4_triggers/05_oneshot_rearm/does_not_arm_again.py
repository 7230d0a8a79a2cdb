"""Reads, and takes it that the socket is reported again by itself.

caught by: test_what_comes_next_is_reported
words: a message has come after handle(): was the socket armed again?
"""


def handle(epoll, sock):
    return sock.recv(65536)
