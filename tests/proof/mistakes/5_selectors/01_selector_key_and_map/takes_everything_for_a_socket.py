"""Asks each registered object for its number, and a number has none.

caught by: test_whatever_has_a_number_can_be_registered
words: 'int' object has no attribute 'fileno'
"""


def interests(selector):
    keys = (selector.get_map() or {}).values()
    return {key.data: key.events for key in keys if key.fileobj.fileno() in (key.fd, -1)}
