"""Closes first, and then asks epoll to remove a socket that has no number any more.

caught by: test_a_socket_is_given_up
words: ValueError: file descriptor cannot be a negative integer (-1)
"""


def forget(epoll, sock):
    sock.close()
    try:
        epoll.unregister(sock)
    except OSError:
        pass
