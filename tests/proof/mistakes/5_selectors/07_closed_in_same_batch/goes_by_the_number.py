"""Calls whoever has the number now.

caught by: test_a_newcomer_does_not_get_the_event_of_its_predecessor
words: your code gave the newcomer its predecessor's event: they only had the same number
"""


def dispatch(selector, events):
    for key, mask in events:
        current = (selector.get_map() or {}).get(key.fd)
        if current is not None:
            current.data(current.fileobj, mask)
