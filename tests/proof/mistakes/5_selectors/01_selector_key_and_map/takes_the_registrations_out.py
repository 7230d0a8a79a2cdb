"""Unregisters each one, to get its key, and does not put it back.

caught by: test_the_selector_stays_as_it_was
words: your code changed what is registered
"""


def interests(selector):
    keys = [selector.unregister(fd) for fd in list(selector.get_map() or ())]
    return {key.data: key.events for key in keys}
