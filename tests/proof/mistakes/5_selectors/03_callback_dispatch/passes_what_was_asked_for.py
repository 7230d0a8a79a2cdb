"""Hands on the events that were registered, instead of those that are ready.

caught by: test_the_mask_is_what_is_ready
words: the mask is what is ready now, and not all that was asked for
"""


def run_once(selector, timeout):
    events = selector.select(timeout)
    for key, _ in events:
        key.data(key.fileobj, key.events)
    return len(events)
