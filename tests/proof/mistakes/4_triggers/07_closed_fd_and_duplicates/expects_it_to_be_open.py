"""Ignores only "not registered"; a socket that is closed already is another error.

caught by: test_a_closed_socket_is_nobodys_concern
words: ValueError: file descriptor cannot be a negative integer (-1)
"""


def forget(epoll, sock):
    try:
        epoll.unregister(sock)
    except FileNotFoundError:
        pass
    finally:
        sock.close()
