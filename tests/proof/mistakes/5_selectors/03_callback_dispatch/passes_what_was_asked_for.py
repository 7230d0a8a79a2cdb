"""Hands on the events that were registered, instead of those that are ready.

caught by: test_the_mask_is_what_is_ready
words: the mask was not what is ready now
"""


def run_once(selector, timeout):
    events = selector.select(timeout)
    for key, _ in events:
        key.data(key.fileobj, key.events)
    return len(events)
