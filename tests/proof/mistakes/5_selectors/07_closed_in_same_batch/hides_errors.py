"""Takes every error for a sign that the socket is gone, those of the callbacks among them.

caught by: test_what_a_callback_raises_propagates
words: a callback raised, and the caller never finds out
"""


def dispatch(selector, events):
    for key, mask in events:
        try:
            current = selector.get_map()[key.fd]
            if current.fileobj is key.fileobj:
                current.data(current.fileobj, mask)
        except (OSError, ValueError, KeyError, TypeError):
            pass
