"""Sees that the number is registered, and calls the object that had it.

caught by: test_a_newcomer_does_not_get_the_event_of_its_predecessor
words: your code called a closed object, whose number was another's by then
"""


def dispatch(selector, events):
    for key, mask in events:
        if key.fd in (selector.get_map() or {}):
            key.data(key.fileobj, mask)
