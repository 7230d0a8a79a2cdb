"""Compares the objects with ==.

caught by: test_an_equal_newcomer_is_a_newcomer_all_the_same
words: the newcomer is equal to its predecessor
"""


def dispatch(selector, events):
    for key, mask in events:
        current = (selector.get_map() or {}).get(key.fd)
        if current is not None and current.fileobj == key.fileobj:
            current.data(current.fileobj, mask)
