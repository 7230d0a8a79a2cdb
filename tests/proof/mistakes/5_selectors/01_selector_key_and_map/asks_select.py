"""Asks what is ready, where the question was what is registered.

caught by: test_it_tells_what_is_wanted_and_not_what_is_ready
words: your dict did not hold all that was registered, whether or not it was ready
"""


def interests(selector):
    if selector.get_map() is None:
        return {}
    return {key.data: events for key, events in selector.select(0)}
