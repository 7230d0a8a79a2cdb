"""Takes detach for a close: the object has no number any more, and the descriptor stays open.

caught by: test_a_socket_is_given_up
words: and the connection goes on: its descriptor is still open
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
