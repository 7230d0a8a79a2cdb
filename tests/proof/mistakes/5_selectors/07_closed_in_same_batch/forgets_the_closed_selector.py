"""Takes it that there always is a map.

caught by: test_a_callback_may_close_the_selector
words: 'NoneType' object has no attribute 'get'
"""


def dispatch(selector, events):
    for key, mask in events:
        current = selector.get_map().get(key.fd)
        if current is not None and current.fileobj is key.fileobj:
            current.data(current.fileobj, mask)
