"""Compares the keys: modify() makes a new one.

caught by: test_after_modify_the_new_callback_is_called
words: the object was still registered, and its event did not go to the callback that it had by then
"""


def dispatch(selector, events):
    for key, mask in events:
        if (selector.get_map() or {}).get(key.fd) is key:
            key.data(key.fileobj, mask)
