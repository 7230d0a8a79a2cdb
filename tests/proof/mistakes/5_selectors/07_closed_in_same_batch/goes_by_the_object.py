"""Looks the object up, which may have another number by now, where nothing has come.

caught by: test_a_reconnected_socket_does_not_get_the_old_event
words: your code gave the new connection an event of the old one: nothing had come on it
"""


def dispatch(selector, events):
    for key, mask in events:
        try:
            current = selector.get_key(key.fileobj)
        except (KeyError, ValueError, RuntimeError):
            continue
        if current.fileobj is key.fileobj:
            current.data(current.fileobj, mask)
