"""Closes the socket only when unregister said something that was expected.

caught by: test_the_socket_is_closed_when_epoll_cannot_be_asked
words: epoll could not be asked, and your code did not close the socket
"""


def forget(epoll, sock):
    if sock.fileno() == -1:
        return
    try:
        epoll.unregister(sock)
    except FileNotFoundError:
        pass
    sock.close()
