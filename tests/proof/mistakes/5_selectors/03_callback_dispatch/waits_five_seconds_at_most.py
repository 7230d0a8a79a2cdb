"""Waits for five seconds at most, so that the caller gets a turn now and then.

caught by: test_an_empty_selector_waits_too
words: your code gave up before the time was over
"""


def run_once(selector, timeout):
    events = selector.select(timeout if timeout is None else min(timeout, 5))
    for key, mask in events:
        key.data(key.fileobj, mask)
    return len(events)
