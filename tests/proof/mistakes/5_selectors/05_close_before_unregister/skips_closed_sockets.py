"""Takes it that a closed socket needs nothing any more.

caught by: test_a_closed_socket_leaves_the_selector
words: your code left a stale key: the socket was closed and still registered
"""


def drop(selector, sock):
    if sock.fileno() == -1:
        return
    try:
        selector.unregister(sock)
    except KeyError:
        pass
    sock.close()
