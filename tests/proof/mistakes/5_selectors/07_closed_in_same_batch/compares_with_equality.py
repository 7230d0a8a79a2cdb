"""Compares the objects with ==.

caught by: test_an_equal_newcomer_is_a_newcomer_all_the_same
words: your code gave the newcomer its predecessor's event: they are equal, but the event was not about it
"""


def dispatch(selector, events):
    for key, mask in events:
        current = (selector.get_map() or {}).get(key.fd)
        if current is not None and current.fileobj == key.fileobj:
            current.data(current.fileobj, mask)
