"""Closes the object of the stale key "to be sure": it may live on under another number.

caught by: test_an_object_that_has_another_number_by_now_gives_way
words: the client lived on, and your code closed its connection
"""


def adopt(selector, sock, events, data):
    old = selector.get_map().get(sock)
    if old is not None:
        try:
            live = isinstance(old.fileobj, int) or old.fileobj.fileno() == old.fd
        except ValueError:
            live = False
        if live:
            raise KeyError(sock)
        selector.unregister(sock.fileno())
        getattr(old.fileobj, "sock", old.fileobj).close()
    return selector.register(sock, events, data)
