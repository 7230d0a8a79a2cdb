"""Returns when there is nothing to unregister, and leaves the socket open.

caught by: test_a_socket_that_is_not_registered_is_closed
words: the socket was not registered, and your code did not close it
"""


def forget(epoll, sock):
    try:
        epoll.unregister(sock)
    except (OSError, ValueError):
        return
    sock.close()
