"""Takes it that there always is a map.

caught by: test_a_closed_selector_has_no_interests
words: 'NoneType' object has no attribute 'values'
"""


def interests(selector):
    return {key.data: key.events for key in selector.get_map().values()}
