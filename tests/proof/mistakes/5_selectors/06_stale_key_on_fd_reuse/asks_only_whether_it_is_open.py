"""Takes every open object for the owner of its key.

caught by: test_an_object_that_has_another_number_by_now_gives_way
words: is already registered
"""


def number(fileobj):
    try:
        return fileobj if isinstance(fileobj, int) else fileobj.fileno()
    except ValueError:
        return -1


def adopt(selector, sock, events, data):
    old = selector.get_map().get(sock)
    if old is not None and number(old.fileobj) == -1:
        selector.unregister(sock)
    return selector.register(sock, events, data)
