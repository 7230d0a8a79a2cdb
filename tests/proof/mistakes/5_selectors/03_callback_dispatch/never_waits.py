"""Looks without waiting, whatever the timeout.

caught by: test_without_a_limit_it_sleeps_until_something_is_ready
words: run_once() did not wait
"""


def run_once(selector, timeout):
    events = selector.select(0)
    for key, mask in events:
        key.data(key.fileobj, mask)
    return len(events)
