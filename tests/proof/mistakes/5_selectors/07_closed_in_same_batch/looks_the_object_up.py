"""Looks a closed object up in the map, which raises.

caught by: test_an_object_that_an_earlier_callback_closed_is_not_called
words: ValueError: Invalid file descriptor: -1
"""


def dispatch(selector, events):
    for key, mask in events:
        if key.fileobj in selector.get_map():
            key.data(key.fileobj, mask)
