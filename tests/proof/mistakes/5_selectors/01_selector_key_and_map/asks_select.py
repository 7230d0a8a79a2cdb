"""Asks what is ready, where the question was what is registered.

caught by: test_it_tells_what_is_wanted_and_not_what_is_ready
words: what is registered counts, whether or not it is ready
"""


def interests(selector):
    if selector.get_map() is None:
        return {}
    return {key.data: events for key, events in selector.select(0)}
