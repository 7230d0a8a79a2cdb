"""Sorts out who is registered before the first callback, which then changes it.

caught by: test_who_was_closed_by_an_earlier_callback_is_not_called
words: an earlier callback of this batch has closed it
"""


def dispatch(selector, events):
    registered = dict(selector.get_map())
    for key, mask in events:
        current = registered.get(key.fd)
        if current is not None and current.fileobj is key.fileobj:
            current.data(current.fileobj, mask)
