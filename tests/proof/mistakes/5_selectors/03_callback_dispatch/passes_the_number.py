"""Calls back with the descriptor number.

caught by: test_a_callback_gets_the_object_that_was_registered
words: the callback did not get the object itself, but its number or the key
"""


def run_once(selector, timeout):
    events = selector.select(timeout)
    for key, mask in events:
        key.data(key.fd, mask)
    return len(events)
