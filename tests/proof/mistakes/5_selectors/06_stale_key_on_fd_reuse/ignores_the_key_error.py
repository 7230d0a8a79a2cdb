"""Takes "already registered" for good news.

caught by: test_a_stale_key_gives_way
words: under the number stood the data of a connection that is gone
"""


def adopt(selector, sock, events, data):
    try:
        return selector.register(sock, events, data)
    except KeyError:
        return selector.get_key(sock)
