"""Changes the stale key: the old object stays in it, and epoll never hears of the new connection.

caught by: test_the_newcomer_is_reported_under_its_own_name
words: bytes came for the newcomer, and select() never reported it
"""


def adopt(selector, sock, events, data):
    old = selector.get_map().get(sock.fileno())
    if old is None:
        return selector.register(sock, events, data)
    if isinstance(old.fileobj, int) or old.fileobj.fileno() == old.fd:
        raise KeyError(sock)
    return selector.modify(sock, events, data)
