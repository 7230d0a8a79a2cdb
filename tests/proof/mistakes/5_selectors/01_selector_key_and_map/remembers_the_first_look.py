"""Keeps the result of the first call for all later ones.

caught by: test_each_call_tells_what_is_true_then
words: one was modified since the last call and the other was gone, and your dict did not show it
"""

SEEN = {}


def interests(selector):
    if selector not in SEEN:
        SEEN[selector] = {key.data: key.events for key in (selector.get_map() or {}).values()}
    return dict(SEEN[selector])
