"""Takes only ValueError for an epoll that cannot be asked: where the kernel refuses, the socket stays open.

caught by: test_the_socket_is_closed_when_epoll_cannot_be_asked
words: epoll could not be asked, and your code did not close the socket
"""


def forget(epoll, sock):
    if sock.fileno() < 0:
        return
    try:
        epoll.unregister(sock)
    except (FileNotFoundError, ValueError):
        pass
    sock.close()
