"""Stops at the first event that does not count any more.

caught by: test_the_rest_of_the_batch_is_served
words: your code did not call the first, and the two behind those that were closed
"""


def dispatch(selector, events):
    for key, mask in events:
        current = (selector.get_map() or {}).get(key.fd)
        if current is None or current.fileobj is not key.fileobj:
            break
        current.data(current.fileobj, mask)
