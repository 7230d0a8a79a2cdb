"""Looks the object up, which may have another number by now, where nothing has come.

caught by: test_who_has_connected_anew_does_not_get_the_old_event
words: nothing has come on the new one
"""


def dispatch(selector, events):
    for key, mask in events:
        try:
            current = selector.get_key(key.fileobj)
        except (KeyError, ValueError, RuntimeError):
            continue
        if current.fileobj is key.fileobj:
            current.data(current.fileobj, mask)
