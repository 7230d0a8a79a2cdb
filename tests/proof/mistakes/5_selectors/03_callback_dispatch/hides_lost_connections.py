"""Takes every OSError of a callback for a connection that was lost.

caught by: test_an_error_in_a_callback_propagates
words: your code swallowed an error in a callback, and the caller never finds out
"""


def run_once(selector, timeout):
    events = selector.select(timeout)
    for key, mask in events:
        try:
            key.data(key.fileobj, mask)
        except OSError:
            selector.unregister(key.fileobj)
    return len(events)
