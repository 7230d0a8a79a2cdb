"""Calls the callback that was registered when select() returned.

caught by: test_after_modify_the_new_callback_is_called
words: your code called the callback that was registered before: it had been replaced meanwhile
"""


def dispatch(selector, events):
    for key, mask in events:
        current = (selector.get_map() or {}).get(key.fd)
        if current is not None and current.fileobj is key.fileobj:
            key.data(key.fileobj, mask)
