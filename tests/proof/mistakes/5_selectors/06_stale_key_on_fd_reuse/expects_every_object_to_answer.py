"""Expects -1 from whatever is closed; a closed file raises.

caught by: test_a_closed_pipe_gives_way_too
words: ValueError: I/O operation on closed file
"""


def adopt(selector, sock, events, data):
    old = selector.get_map().get(sock)
    if old is not None:
        if isinstance(old.fileobj, int) or old.fileobj.fileno() == old.fd:
            raise KeyError(sock)
        selector.unregister(sock)
    return selector.register(sock, events, data)
