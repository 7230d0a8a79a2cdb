"""Lets the error of a socket that is not registered out, and leaves it open.

caught by: test_a_socket_that_is_not_registered_is_closed
words: FileNotFoundError ENOENT
"""


def forget(epoll, sock):
    if sock.fileno() != -1:
        epoll.unregister(sock)
        sock.close()
