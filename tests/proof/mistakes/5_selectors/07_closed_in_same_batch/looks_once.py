"""Sorts out who is registered before the first callback, which then changes it.

caught by: test_an_object_that_an_earlier_callback_closed_is_not_called
words: your code called a socket that an earlier callback of this batch had closed
"""


def dispatch(selector, events):
    registered = dict(selector.get_map())
    for key, mask in events:
        current = registered.get(key.fd)
        if current is not None and current.fileobj is key.fileobj:
            current.data(current.fileobj, mask)
