"""Takes 0 seconds for no timeout at all.

caught by: test_zero_seconds_do_not_wait
words: the timeout was 0, and your code waited
"""


def run_once(selector, timeout):
    events = selector.select(timeout) if timeout else selector.select()
    for key, mask in events:
        key.data(key.fileobj, mask)
    return len(events)
