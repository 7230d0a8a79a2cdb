"""Takes it that a selector has nothing but objects in it.

caught by: test_a_bare_number_is_live
words: 'int' object has no attribute 'fileno'
"""


def adopt(selector, sock, events, data):
    old = selector.get_map().get(sock)
    if old is not None:
        try:
            live = old.fileobj.fileno() == old.fd
        except ValueError:
            live = False
        if live:
            raise KeyError(sock)
        selector.unregister(sock)
    return selector.register(sock, events, data)
