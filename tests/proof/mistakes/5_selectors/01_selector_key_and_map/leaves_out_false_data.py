"""Asks whether the data is true, to leave out what has none.

caught by: test_none_and_zero_are_data_too
words: your dict lacked registrations whose data is false: it is data too
"""


def interests(selector):
    return {key.data: key.events for key in (selector.get_map() or {}).values() if key.data}
