"""Takes an open socket for a registered one.

caught by: test_who_was_only_unregistered_is_not_called_either
words: that the socket is open is no reason
"""


def dispatch(selector, events):
    for key, mask in events:
        fd = key.fileobj if isinstance(key.fileobj, int) else key.fileobj.fileno()
        if fd >= 0:
            key.data(key.fileobj, mask)
