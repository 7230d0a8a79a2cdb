"""Takes an open socket for a registered one.

caught by: test_an_object_that_was_only_unregistered_is_not_called
words: your code called an unregistered socket: that it is open is not enough
"""


def dispatch(selector, events):
    for key, mask in events:
        fd = key.fileobj if isinstance(key.fileobj, int) else key.fileobj.fileno()
        if fd >= 0:
            key.data(key.fileobj, mask)
