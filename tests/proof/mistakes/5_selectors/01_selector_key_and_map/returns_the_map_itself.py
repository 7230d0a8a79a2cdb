"""Returns get_map(): the keys of that are numbers, and its values are whole SelectorKeys.

caught by: test_each_registration_stands_under_its_data
words: neither the selector's map nor a view of it
"""


def interests(selector):
    return selector.get_map() or {}
