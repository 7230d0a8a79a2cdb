"""Takes detach for a close: the object has no number any more, and the descriptor stays open.

caught by: test_a_socket_is_given_up
words: the connection went on without a duplicate: your code left its descriptor open
"""


def forget(epoll, sock):
    if sock.fileno() == -1:
        return
    try:
        epoll.unregister(sock)
    except FileNotFoundError:
        pass
    finally:
        sock.detach()
