"""Returns get_map(): the keys of that are numbers, and its values are whole SelectorKeys.

caught by: test_each_registration_stands_under_its_data
words: your code did not return a new dict, but the selector's map or a view of it
"""


def interests(selector):
    return selector.get_map() or {}
